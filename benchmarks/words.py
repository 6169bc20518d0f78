"""What the numbers are called in words."""

SETS = {
    "workers": "H-2B",
    "workers-by-state": "H-2B by state",
    "building": "BPIC15",
    "building-each": "BPIC15, each of three",
    "fines": "road fines",
    "environment": "env. permits",
}
_MEASURES = {
    "coverage80": "kept by the 80 % date",
    "mad": "share kept, off 80 in a month",
    "pinball80": "pinball loss of the 80 % date",
    "mae50": "error of the 50 % date",
}
PERMISSIONS = {
    "permission.client": "Asking who may see a file, in the page of its client",
    "permission.holder": "Asking who may see a file, in the page of a representative",
    "permission.written": "Writing down that a representative looked, in the page",
}
SERVED = (("page", "The tracker’s page"), ("api", "Its API"))

WORDS = {
    "rules.full": "The CRS of one person with its findings, one after the other on one core",
    "rules.first": "The first of all, when the tables remember nothing",
    "rules.list": "`parvis assess crs` of a list of 5,000 people, timed from outside",
    "rules.changes-p50": "What would change it, p50",
    "rules.changes-p99": "What would change it, p99",
    "rules.changes-slowest": "What would change it, the slowest of all",
    "rules.diff": "`parvis rules diff`, timed from outside",
    "rules.diff-memory": "Memory of `parvis rules diff`",
    "import.rate": "Import, timed from outside, against a bare COPY",
    "import.as-it-says": "Import, by the seconds it tells itself, against a bare COPY",
    "import.again": "The same import again, which adds nothing",
    "import.bare-copy": "A bare COPY of the same rows",
    "import.memory": "Memory of the import’s processes, against half of the file",
    "verify.rate": "`parvis log verify`, timed from outside",
    "verify.as-it-says": "`parvis log verify`, by the seconds it tells itself",
    "serving.weight.first-visit": "Over the wire, the first visit to a file: page, styles, fonts",
    "serving.weight.next-visit": "Over the wire, every visit after it",
    "serving.weight.page": "Over the wire, the page alone",
    "wall.page-rate": "The tracker’s page behind the second wall, against itself without it",
    "serving.demo.first-page": "`parvis demo`, from an empty house to its first page",
    "webhooks.spread": "Deliveries made from facts, start of the worker included",
    "webhooks.arrived": "Webhooks that arrived, of those there were",
    "webhooks.rate": "Webhooks taken, by four receivers together",
    "webhooks.requests": "Requests for them, those that failed included",
    "webhooks.failed": "Requests that the receiver failed",
    "webhooks.out-of-order": "Webhooks taken out of the order of their file",
    "webhooks.unsigned": "Webhooks without a good signature",
    "webhooks.mistaken": "Ids that were used for two facts",
    "webhooks.repeated": "Webhooks taken twice, against those counted as possibly so",
    "webhooks.given-up": "Webhooks given up, withheld or left waiting",
    **PERMISSIONS,
    "signing-in.rate": "Sign-ins, 16 at once, against the hash of passwords alone",
    "signing-in.hashes": "Passwords checked on all cores, doing nothing else",
    "signing-in.p50": "A sign-in’s post, p50",
    "signing-in.p99": "A sign-in’s post, p99",
    "enquiries.mail-rate": "Mail to conversations, from a mailbox over IMAP",
    "enquiries.lost": "Mails lost, with the worker killed half-way",
    "enquiries.twice": "Conversations that two were made of, with the worker killed half-way",
    "enquiries.given-p50": "The next enquiry, to one of 100 agents who ask every two seconds, p50",
    "enquiries.given-p99": "The next enquiry, to one of 100 agents who ask every two seconds, p99",
    "enquiries.given-twice": "Enquiries given to two agents",
    "enquiries.form-rate": "Enquiries by the form, by 16 at once for a minute",
    "enquiries.form-lost": "Of these, acknowledged and not there",
    "notices.rate": "Notices sent by one worker through a mail server here",
    "notices.rate-with-kill": "The same, with that worker killed half-way and another started",
    "notices.lost": "Notices lost, with a worker killed half-way",
    "notices.repeated": "Messages sent twice, with a worker killed half-way",
    "notices.urgent": "An urgent notice, from before its fact to the mail server",
    "notices.behind": "Bulk notices that had yet to go when it arrived",
    "bounces.rate": "Mails that came back, read and acted on by one worker",
    "bounces.seconds": "All of 100,000 bounces at once",
    "bounces.returned": "Of 100,000 bounces at once, messages noted as come back",
    "bounces.listed": "Of 100,000 bounces at once, people put on the list to look for",
    "estimates.seconds.refresh": "Two dates of each open file among 5 million, in 400 strata",
    "backlog.seconds.track-records": "Files waiting: track records of 10 programs, 3,000 days",
}


def spaced(size: str) -> str:
    """Return a size as it is written in a sentence."""
    return size.replace("-", " ")


def in_words(name: str) -> str:
    """Return what a number is called; its bare name where nobody has found words."""
    if name in WORDS:
        return WORDS[name]
    benchmark, _, rest = name.partition(".")
    size, _, number = rest.partition(".")
    among = f"{spaced(size)} files"
    if benchmark in ("backlog", "estimates"):
        return (_backlog if benchmark == "backlog" else _estimates)(size, number)
    if benchmark == "contacts":
        return _contacts(size, number)
    tell = {"serving": _served, "lookup": _looked_up, "standards": _surveyed}.get(benchmark)
    return tell(among, number) if tell else name


def _looked_up(among: str, number: str) -> str:
    if number == "load-rate":
        return f"Loading {among} by the import’s own code, on all cores"
    if number == "bytes-a-fact":
        return f"The log on disk, with its index, at {among}"
    cold = "cold, " if number.startswith("cold-") else ""
    whose, _, point = number.removeprefix("cold-").partition("-")
    whose = {"own": "our", "source": "the other system’s"}.get(whose, whose)
    return f"Look-up among {among}, {cold}by {whose} number, {point}"


def _surveyed(among: str, number: str) -> str:
    told = {
        "count-rate": "the first `parvis figures refresh`, timed from outside",
        "count-again": "the same again, when nothing has changed",
        "command": "`parvis standards --on`, timed from outside",
    }
    return f"Figures of {among}: {told.get(number, number.replace('-', ' '))}"


def _contacts(size: str, number: str) -> str:
    told = {
        "load": "a year’s calls loaded and counted, timed from outside",
        "load-rate": "the same by the second",
        "record-rate": "read and recorded alone, by the seconds it tells itself",
        "full-load": "loaded and counted",
        "enquiries": "the first counting of the rest",
        "report": "`parvis support figures` of a year beside the one before",
        "report-inside": "the same without the start of the program",
        "report-page": "its page, at the door",
        "answered": "how much was told of",
        "cells": "how it is kept",
    }
    return f"Contacts, {spaced(size)} of them: {told.get(number, number)}"


def _served(among: str, number: str) -> str:
    if number == "pgbench":
        return f"`pgbench -S` beside {among}, by 16 clients"
    name, _, point = number.partition("-")
    what = dict(SERVED).get(name, name)
    point = {
        "rate": "16 clients, against `pgbench -S`",
        "kept": "16 clients, against the same among 10 thousand",
    }.get(point, point)
    return f"{what} among {among}, {point}"


def _backlog(of: str, days: str) -> str:
    ahead = f"Files waiting in {days} days"
    if of == "worst":
        return f"{ahead}, error in the worst set, against the better of the simple two"
    if of == "inside":
        return f"{ahead}, outcomes inside the 80 % range, mean of the sets"
    return f"{ahead}, {of}: mean error, against the better of the simple two"


def _estimates(of: str, number: str) -> str:
    if of == "alarm":
        name, _, what = number.partition("-")
        what = {"in-time": "noticed within 30 days", "for-nothing": "raised for nothing"}[what]
        return f"Alarm, {SETS[name]}: {what}"
    if of == "remaining":
        return f"Remaining time, {number}: mean error, against the best published network"
    what = f"Dates of open files, {SETS.get(of, 'all sets')}"
    return f"{what}: {_MEASURES[number]}, against the published rule"

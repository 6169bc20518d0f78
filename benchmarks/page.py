"""docs/benchmarks.md, made from results.json."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.goals import GOALS, Goal
from benchmarks.results import Result
from benchmarks.timing import TOP
from benchmarks.words import in_words

PAGE = TOP / "docs" / "benchmarks.md"

_BEGINNING = """\
# Benchmarks
Made by `make bench` from benchmarks/results.json; change neither by hand. One benchmark alone:
`python -m benchmarks import` (or `verify`, `lookup`, `serving`, `wall`, `permission`,
`signing-in`, `notices`, `bounces`, `standards`, `backlog`, `estimates`,
`rules`, `webhooks`, `contacts`, `enquiries`; with
`--five-million`, look-up, serving and figures among so many files too, for which each takes ten
minutes or more and 20 GB of disk). The machine is not kept free meanwhile: other work makes a time
longer, and a ratio better or worse. The two halves of a ratio were measured in one run, in turns.

## Goals
"""
_HOW = """
## How they were measured
Each in a fresh private PostgreSQL with its usual settings, in a temporary folder; the medians of
several runs. A program is timed from outside, its start and end included.

- **Import**: a log of 150,370 traffic fines with 561,470 events (4TU.ResearchData,
  doi:10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5), packed, into an empty database: files,
  facts, chains and state, and the anchor at the end. The file is not part of this project: name its
  folder with `--files` or PARVIS_BENCH_FILES. Without it a log of the same shape is made up, and
  the unit says so.
- **Bare COPY**: the very rows that the import wrote, copied out and then into empty tables with the
  same indexes, constraints and triggers, in the same cluster right after it: binary, one
  transaction a table, no program in between.
- **Memory**: the most that each process of the import ever held, added up; the database’s own is
  not in it.
- **Look-up**: what a page does: the file by its number, then all its facts, from a process of its
  own, over files chosen by chance, each as likely as any other; 6 facts a file. Warm: everything
  read into memory before. Cold: the database was restarted, the system’s file cache emptied, and
  20 other files looked up to connect; what holds the disk of a virtual machine may keep a cache of
  its own. p50 is the median, p99 the slowest in a hundred.
- **Serving**: `parvis serve` as anybody starts it, two workers, and on the same cores whoever asks:
  16 connections that stay open, nine times for 5 s, after a warm-up, by a small program on bare
  sockets that chooses each file by chance among all files. They belong to 100 clients, of whom five
  signed in through the form and the others have sessions made like theirs; each request bears the
  session of its file’s client, and every answer must be 200 and hold that file’s number, or nothing
  is told. Study permits, 9 to 12 facts a file, a quarter of them decided. What each client is told
  is made anew from the database for each request; few clients favour only what is kept of a fact’s
  payload and of a date’s words. `pgbench -S` with 16 clients, otherwise as it is, on as many rows
  as there are files (and no fewer than 100,000), in the same cluster right after; the ratio is
  within each round, and its median is told. Weight: with gzip, as HTTP/1.1, with everything that
  the page and its styles name, fonts included. `docs/serving.md` says where the time goes.
- **Wall**: the page as in serving, among 10 thousand files, from two servers on one house: one
  whose workers stand behind the database’s policies by row, and one whose workers do not.
- **Permission**: 10 thousand files of 100 clients, all of whom gave one representative a mandate.
  In one process, without a wire: a file found by its number for nobody, for its client and for the
  representative, opened by the latter (which is written down), in any order; then the page of each.
  Asking adds the second or third less the first, and no query; writing adds the fourth less the
  third, and one query.
- **Signing in**: `parvis serve` as above; each sign-in is a browser’s that was never there: the
  page with the form, then the post, four at once for forty seconds, by 40 clients, each from an
  address of its own, because so many from one are refused. Argon2id at twice OWASP’s least: 46
  MiB, two passes, one lane. The same cores hash, serve, keep the sessions and play the browsers;
  what they could check if they did nothing else stands beside it.
- **Bounces**: 100,000 messages to as many clients, whose reports (RFC 3464) come at once: each is
  read, its seal checked, the message and the address noted, a fact written on the client, and the
  client put on the list of those for whom a person looks; 200 at a time, as from a mailbox.
- **Webhooks**: 2,500 files of five facts, of which four subscriptions are told: 50,000 messages.
  `parvis work` makes deliveries of them, then one worker of the queue sends them, over loopback, to
  one receiver, a program beside it that checks every signature and the order of every file, and
  answers a third of all requests with 503. What takes days is done in seconds: two between tries.
  After a third of them the worker is killed (`kill -9`), its jobs are rescued after 31 silent
  seconds, which no rate counts, and another goes on.
- **Contacts**: two years of a support centre in the demo’s proportions, at a tenth: 1.04 million
  calls of two to seven events each, with random ids, and 0.6 million enquiries. The file of the
  second year’s calls is read, recorded and counted by `parvis contacts import`, timed from outside;
  the first year’s and what was written were there. “For all, in proportion” is ten times that: at
  full size the index of ids no longer fits the database’s usual memory, which the tenth does not
  show. The report is every split of a year beside the one before, by `parvis support figures`, and
  its page, which a supervisor asks `parvis serve` for.
- **Verify**: the log of that import, every digest computed again.
- **Standards**: files of ten programs at all their offices, received over eight years, half of them
  asked for something, a quarter transferred, most decided; 6 facts a file. Fifty days chosen by
  chance, each question asked of each, in one process: totals; every split at once (program, office,
  24 months); one program’s; the first fifty files behind a common figure and behind a rare one.
- **Backlog**: how many files will wait, forecast each week of the later years from what was known
  then, on real counts of four departments; the bar is the better of the last value and what was
  waiting a year before, told after the event. `docs/backlog.md` says the rest. Sets whose files are
  not at hand are left out.
- **Estimates**: the dates of files that waited, told on the first of each month (fines: quarter)
  from what was known then, against the published rule, the 80th percentile of the last six months.
  `docs/estimates.md` says the rest, and what was chosen with what knowledge. Five million files are
  made up, as arrays in memory; two dates of each open one, in one process.
- **Rules**: the CRS of 20,000 made-up people, each another, one after the other on one core: from
  answers as they are sent to the score and some thirty findings in both languages. A table
  remembers what it chose, so the rate is that of a server that has run for a few seconds; the first
  result of all stands beside it. What would change it: 500 of these people, every change asked of
  the rules again. The commands are timed from outside; `parvis rules diff` makes a million people
  up and asks both sets of rules about them.
"""


def page(results: Sequence[Result]) -> str:
    """Return the whole page."""
    named = {one.name: one for one in results}
    lines = ["| What | Goal | Seen | Met |", "|---|---|---|---|"]
    lines += [_against(goal, named.get(goal.name)) for goal in GOALS]
    told = ["", "## All numbers", "| What | Value | Against | Ratio | Cores | On |"]
    told += ["|---|--:|--:|--:|--:|---|", *map(_row, results)]
    return _BEGINNING + "\n".join([*lines, *told]) + "\n" + _HOW


def write(results: Sequence[Result], path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(page(results))


def _against(goal: Goal, found: Result | None) -> str:
    if found is None:
        return f"| {goal.what} | {goal.goal} | not measured | – |"
    met = "yes" if goal.is_met(found) else "**no**"
    return f"| {goal.what} | {goal.goal} | {goal.seen(found)} | {met} |"


def _row(one: Result) -> str:
    baseline = "" if one.baseline is None else f"{one.baseline:,}"
    ratio = "" if one.ratio is None else f"{one.ratio}"
    value = f"{one.value:,} {one.unit}"
    return f"| {in_words(one.name)} | {value} | {baseline} | {ratio} | {one.cores} | {one.on} |"

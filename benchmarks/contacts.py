"""A year of a support centre's contacts: how fast they are loaded and counted, and then told.

In the proportions of the demo department, at a scale: at the full one, two years of 10.4 million
calls, each two to seven events, and of 6.1 million enquiries in writing, so that the second year is
told beside the first. The calls come as a file of a telephone system, with random ids.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection

from benchmarks.house import House, summary
from benchmarks.results import Result, result
from benchmarks.served import Served
from benchmarks.timing import ProgramFailed, middle

TENTH = 0.1
NAMES = {0.1: "a-tenth", 1.0: "full"}
_MINUTE_S = 60
_PAGE = "/en/figures/support/?from=2023-01-01&to=2023-12-31"
_YEAR = ("--from", "2023-01-01", "--to", "2023-12-31")


def run(scale: float = TENTH, *, rounds: int = 5) -> Iterator[Result]:
    """Yield how long the file of a year's calls takes, the counting, and the year's report."""
    name = f"contacts.{NAMES.get(scale, str(scale))}"
    with House() as house:
        made = summary(house.run("benchmarks.contacts_made", str(scale), house.home / "year"))
        print(f"  {made['events']:,} events of calls, {made['enquiries']:,} enquiries made up")
        house.settle()
        before = house.parvis("support", "refresh")
        loaded = house.parvis(
            "contacts", "import", house.home / "year-2023.jsonl", "--source", "bench", "--json"
        )
        told = summary(loaded)
        if told["added"] != made["last_year"] or told["rejected"]:
            raise RuntimeError(f"not all was loaded: {told}, of {made}")
        yield result(f"{name}.load", loaded.seconds, "s")
        yield result(f"{name}.load-rate", told["events"] / loaded.seconds, "events/s")
        yield result(f"{name}.record-rate", told["events"] / told["seconds"], "events/s")
        yield result(f"{name}.enquiries", before.seconds, "s to count what was written, and 2022")
        yield result(
            f"{name}.full-load", loaded.seconds / scale / _MINUTE_S, "min for all, in proportion"
        )
        with house.session(keeper=True) as session:
            session.execute("VACUUM ANALYZE")
        house.settle()
        times, inside = [], []
        for _ in range(rounds):
            asked = house.parvis("support", "figures", *_YEAR, "--compare", "year", "--json")
            times.append(asked.seconds)
            inside.append(summary(house.run("benchmarks.contacts_asked")))
        report = summary(asked)
        yield result(f"{name}.report-page", middle(_pages(house, rounds)), "s, timed from outside")
        yield result(f"{name}.answered", report["answered"], "answered in the year")
        yield result(f"{name}.report", middle(times), "s, timed from outside")
        yield result(
            f"{name}.report-inside", middle([one["seconds"] for one in inside]), "s, in the house"
        )
        yield result(f"{name}.cells", inside[0]["cells"], "rows that a year is counted in")


def _pages(house: House, rounds: int) -> list[float]:
    """Return how many seconds a supervisor waited for the year's page, each time."""
    email = summary(house.run("benchmarks.enquired", "supervisor"))["email"]
    times = []
    with Served(house) as served, closing(HTTPConnection("127.0.0.1", served.port)) as door:
        cookie = served.sign_in(email)
        for _ in range(rounds):
            began = time.perf_counter()
            door.request("GET", _PAGE, headers={"Cookie": cookie, "X-Forwarded-For": "127.0.0.1"})
            answer = door.getresponse()
            page = answer.read()
            times.append(time.perf_counter() - began)
            if answer.status != HTTPStatus.OK or b'id="answered"' not in page:
                raise ProgramFailed(f"the page of the year answered {answer.status}")
    return times

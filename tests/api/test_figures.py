"""Service standards and backlog over HTTP: for everybody, with care; lists of files for staff."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.lib import clock
from parvis.readers.standards.ahead import forecast_as_data, outlooks
from parvis.readers.standards.counting import count
from parvis.readers.standards.data import backlog_as_data, standards_as_data
from parvis.readers.standards.discreet import FEWEST, OTHERS
from parvis.readers.standards.standing import survey
from tests.department import SCALE, in_department
from tests.filing import RECEIVED as NOW
from tests.filing import client, officer

pytestmark = pytest.mark.django_db
ON = date(2023, 11, 30)
STANDARDS, BACKLOG = "/api/service-standards", "/api/backlog"
FILES = f"{STANDARDS}/files"


@pytest.fixture
def _department(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with in_department(now=NOW, scale=SCALE, then=count):
        yield


@pytest.fixture
def staff() -> Browser:
    browser = Browser()
    browser.force_login(officer("another-officer@example.org"))
    return browser


def told(browser: Browser, address: str, status: int = 200, **asked: str) -> dict[str, Any]:
    answer = browser.get(address, asked)
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def in_order(value: Any) -> Any:
    """Return what an answer holds without what only the writing of moments tells apart."""
    if isinstance(value, dict):
        return {
            key: in_order(one) for key, one in value.items() if key not in ("as_of", "language")
        }
    return [in_order(one) for one in value] if isinstance(value, list) else value


@pytest.mark.usefixtures("_department")
def test_staff_get_what_the_command_line_tells(staff: Browser) -> None:
    found = survey(ON, now=NOW)
    asked = {"on": ON.isoformat(), "lang": "fr"}
    assert in_order(told(staff, STANDARDS, **asked)) == in_order(standards_as_data(found, "fr"))
    assert in_order(told(staff, BACKLOG, **asked)) == in_order(backlog_as_data(found, "fr"))
    ahead = told(staff, f"{BACKLOG}/forecast")
    assert in_order(ahead) == in_order(forecast_as_data(outlooks(), "en"))


@pytest.mark.usefixtures("_department")
def test_everybody_gets_the_same_with_small_offices_told_together() -> None:
    found = told(Browser(), STANDARDS, on="2023-11-30")
    apart = {one["office"]: one for one in found["offices"]}
    assert OTHERS in apart
    for measure, whole in (("waiting", "inventory"), ("decided", "count")):
        for one in apart.values():
            files = one[measure][whole] + one[measure]["without_standard"]
            assert files == 0 or files >= FEWEST
        assert sum(one[measure][whole] for one in apart.values()) == found[measure][whole]


@pytest.mark.usefixtures("_department")
def test_one_office_is_told_to_everybody_only_where_it_is_told_apart(staff: Browser) -> None:
    every = {one.office for one in map(_Office, told(staff, STANDARDS, on="2023-11-30")["offices"])}
    apart = {
        one.office for one in map(_Office, told(Browser(), STANDARDS, on="2023-11-30")["offices"])
    }
    small = next(office for office in sorted(every - {""}) if office not in apart)
    large = next(office for office in sorted(apart - {"", OTHERS}))
    refused = told(Browser(), STANDARDS, 404, on="2023-11-30", office=small)
    assert refused["code"] == "no_figure"
    assert "Too few applications" in refused["detail"]
    one = told(Browser(), STANDARDS, on="2023-11-30", office=large)
    assert (one["programs"], one["months"]) == ([], [])
    assert one["waiting"]["inventory"] > 0
    assert told(staff, STANDARDS, on="2023-11-30", office=small)["months"] != []


class _Office:
    def __init__(self, told: dict[str, Any]) -> None:
        self.office = told["office"] or ""


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("by", ["program", "office", "month"])
def test_each_split_is_a_table_too(by: str) -> None:
    answer = Browser().get(f"{STANDARDS}.csv", {"on": "2023-11-30", "by": by})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="service-standards-by-{by}.csv"'
    head, *lines = csv.reader(io.StringIO(answer.content.decode()))
    parts = told(Browser(), STANDARDS, on="2023-11-30")[f"{by}s"]
    assert head[0] == by
    assert [line[4] for line in lines] == [str(one["waiting"]["inventory"]) for one in parts]
    assert [line[-2] for line in lines] == [
        "" if (share := one["decided"]["share"]) is None else str(share) for one in parts
    ]


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"on": "30 November"}, 422, "not_understood"),
        ({"on": "2030-01-01"}, 404, "no_figure"),
        ({"on": "0001-01-01"}, 404, "no_figure"),
        ({"program": "no-such-program"}, 404, "no_figure"),
        ({"program": "NOT A CODE"}, 422, "not_understood"),
        ({"office": "no-such-office"}, 404, "no_figure"),
        ({"lang": "de"}, 422, "not_understood"),
    ],
)
def test_what_cannot_be_told_is_a_problem_with_a_sentence(
    asked: dict[str, str], status: int, code: str
) -> None:
    for address in (STANDARDS, BACKLOG):
        assert told(Browser(), address, status, **asked)["code"] == code


def test_a_house_that_was_not_counted_says_so() -> None:
    for address in (STANDARDS, BACKLOG, f"{BACKLOG}/forecast", f"{STANDARDS}.csv"):
        assert told(Browser(), address, 404)["detail"].startswith("The applications have not been")


@pytest.mark.usefixtures("_department")
def test_staff_open_a_figure_to_its_files_page_by_page(staff: Browser) -> None:
    late = told(staff, STANDARDS, on="2023-11-30")["waiting"]["late"]
    numbers, asked = list[str](), {"kind": "late", "on": "2023-11-30"}
    while True:
        page = told(staff, FILES, **asked)
        numbers += [one["number"] for one in page["files"]]
        if page["next"] is None:
            break
        assert len(page["files"]) == 50
        asked["after"] = page["next"]
    assert len(set(numbers)) == len(numbers) == late
    nowhere = told(staff, FILES, kind="inventory", office="")
    assert {one["office"] for one in nowhere["files"]} == {None}
    for on in ("2030-01-01", "0001-01-01"):
        told(staff, FILES, 404, kind="late", on=on)


@pytest.mark.usefixtures("_department")
def test_nobody_else_opens_it() -> None:
    assert told(Browser(), FILES, 401, kind="late")["code"] == "not_signed_in"
    someone = Browser()
    someone.force_login(client("someone@example.org")[0])
    assert told(someone, FILES, 403, kind="late")["code"] == "staff_only"
    assert told(someone, STANDARDS)["offices"] == told(Browser(), STANDARDS)["offices"]


@pytest.mark.usefixtures("_department")
def test_two_queries_answer_everybody(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for address in (STANDARDS, BACKLOG):
        with django_assert_num_queries(2):
            told(Browser(), address, on="2023-11-30")


@pytest.mark.usefixtures("_department")
def test_what_staff_see_is_kept_by_nobody(staff: Browser) -> None:
    answer = Browser().get(STANDARDS)
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "cookie" in answer["Vary"].lower()
    assert staff.get(STANDARDS)["Cache-Control"] == "private, no-store"


def test_the_answers_are_described() -> None:
    paths = json.loads(Browser().get("/api/openapi.json").content)["paths"]
    for address in (STANDARDS, BACKLOG, f"{BACKLOG}/forecast", f"{STANDARDS}.csv"):
        described = paths[address]["get"]
        assert set(described["responses"]) == {"200", "400", "401", "403", "404", "422"}
        assert {} in described.get("security", [{}])
    assert set(paths[FILES]["get"]["responses"]) == {"200", "400", "401", "403", "404", "422"}
    assert paths[FILES]["get"]["security"]

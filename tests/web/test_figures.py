"""Pages of figures: the same in both languages, two or three queries, and numbers that open."""

import csv
import html
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.lib import clock
from parvis.lib.text import LANGUAGES
from parvis.readers.standards.ahead import outlooks
from parvis.readers.standards.behind import COLUMNS, Kind
from parvis.readers.standards.counting import count
from parvis.readers.standards.standing import survey
from tests.department import SCALE, in_department
from tests.filing import RECEIVED as NOW
from tests.filing import client, officer
from tests.web.test_public_pages import structure

pytestmark = pytest.mark.django_db
ON = "2023-11-30"
PATHS = ("figures/", "figures/backlog/")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def _department(db: None) -> Iterator[None]:
    with in_department(now=NOW, scale=SCALE, then=count):
        yield


@pytest.fixture
def staff() -> Browser:
    browser = Browser()
    browser.force_login(officer("another-officer@example.org"))
    return browser


def told(browser: Browser, path: str, status: int = 200, **asked: str) -> str:
    answer = browser.get(f"/{path}", asked)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("on", [ON, ""])
def test_a_page_of_figures_is_the_same_in_both_languages(path: str, on: str) -> None:
    english, french = (told(Browser(), f"{language}/{path}", on=on) for language in LANGUAGES)
    assert structure(english) == structure(french)
    assert english.count("<svg") == french.count("<svg") > 10
    assert english.count('class="chart"') > 0


@pytest.mark.usefixtures("_department")
def test_both_measures_stand_beside_each_other_with_their_names_and_numbers() -> None:
    found = survey(date(2023, 11, 30), now=NOW).whole
    page = told(Browser(), "en/figures/", on=ON)
    for share, words in (
        (found.waiting.share, "were within their standard at the end of 30 November 2023."),
        (found.decided.share, "from 31 October 2023 to 30 November 2023. Our aim is 80%"),
    ):
        assert share is not None
        said = re.search(rf"<strong>([\d.]+)%</strong>[^<]*{re.escape(words)}", page)
        assert said is not None, words
        assert float(said[1]) == pytest.approx(share * 100, abs=0.051)
    assert f"{found.waiting.within:,}" in page
    french = told(Browser(), "fr/figures/", on=ON)
    assert "étaient dans leur norme à la fin du 30 novembre 2023." in french
    assert re.search(r"<strong>\d+,\d\N{NO-BREAK SPACE}%</strong>", french)


@pytest.mark.usefixtures("_department")
def test_every_chart_has_its_table_and_says_nothing_by_colour_alone() -> None:
    for path in PATHS:
        page = told(Browser(), f"en/{path}", on=ON)
        lines = {"figures/": 2, "figures/backlog/": 2}[path]
        assert page.count('<text class="name"') == lines
        assert page.count("<table>") >= 1
        assert page.count('aria-hidden="true"') >= page.count("<svg")


@pytest.mark.usefixtures("_department")
def test_a_page_costs_two_queries_and_with_the_forecast_three(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        told(Browser(), "en/figures/", on=ON)
    with django_assert_num_queries(2):
        told(Browser(), "en/figures/backlog/", on=ON)
    with django_assert_num_queries(3):
        told(Browser(), "en/figures/backlog/")


@pytest.mark.usefixtures("_department")
def test_the_forecast_is_told_of_today_with_its_record_and_of_no_other_day() -> None:
    today, then = (told(Browser(), "en/figures/backlog/", on=on) for on in ("", ON))
    assert "A forecast is no promise." in today
    assert "In 182 days, on 11 July 2024" in today
    assert "Came within the range" in today
    assert "A forecast is no promise." not in then
    found = outlooks().whole
    records = [one.record for one in (*found.waiting, *found.backlog) if one.record]
    cautions = re.findall(r"past ranges held (only [\d,]+|none) of ([\d,]+) outcomes", today)
    assert [(held, int(of.replace(",", ""))) for held, of in cautions] == [
        (f"only {held}" if held else "none", one.scored)
        for one in records
        if one.inside < 0.6
        for held in [round(one.inside * one.scored)]
    ]


@pytest.mark.usefixtures("_department")
def test_one_program_is_told_alone() -> None:
    page = told(Browser(), "en/figures/", on=ON, program="parents-grandparents")
    assert "No application here has a service standard." in page
    assert "<h2>By program" not in page
    assert "Our aim" not in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"on": "yesterday"}, "Give a day as year, month and day, such as 2023-11-30."),
        ({"on": "2030-01-01"}, "1 January 2030 is still to come."),
        ({"on": "0001-01-01"}, "No application had come by then."),
        ({"program": "no-such"}, "No program has this code."),
        ({"program": "<script>"}, "No program has this code."),
    ],
)
@pytest.mark.usefixtures("_department")
def test_what_cannot_be_told_is_said_at_the_field(asked: dict[str, str], sentence: str) -> None:
    for path in PATHS:
        page = told(Browser(), f"en/{path}", 400, **asked)
        assert sentence in page
        assert 'role="alert"' in page
        assert "<script>" not in page.split("<main")[1]


def test_a_house_that_was_not_counted_says_so_in_both_languages() -> None:
    for path in PATHS:
        assert "have not been counted yet" in told(Browser(), f"en/{path}")
        assert "n’ont pas encore été comptées" in told(Browser(), f"fr/{path}")


def numbers(page: str) -> list[tuple[str, int]]:
    """Return the numbers of a page that open, with the addresses they open to."""
    found = re.findall(r'<a href="(/en/figures/files/\?[^"]+)">([\d,]+)</a>', page)
    return [(address, int(number.replace(",", ""))) for address, number in found]


@pytest.mark.usefixtures("_department")
def test_every_number_that_staff_see_opens_to_as_many_files(staff: Browser) -> None:
    opened = set()
    for path in PATHS:
        shown = numbers(told(staff, f"en/{path}", on=ON))
        assert len(shown) > 30
        for address, number in shown:
            kind = parse_qs(urlsplit(address).query)["kind"][0]
            if (kind, number > 50) in opened:
                continue
            opened.add((kind, number > 50))
            rows, page = 0, told(staff, address.removeprefix("/"))
            while True:
                rows += page.count('<tr><th scope="row">')
                following = re.search(r'rel="next" href="([^"]+)"', page)
                if following is None:
                    break
                page = told(staff, f"en/figures/files/{following[1]}")
            assert rows == number, address
            table = staff.get(address.replace("files/?", "files.csv?")).getvalue().decode()
            head, *lines = csv.reader(table.splitlines())
            assert (tuple(head), len(lines)) == (COLUMNS, number)
    assert {kind for kind, _ in opened} == set(Kind)
    headline = r'<a href="[^"]+kind=waiting[^"]+">[\d,]+ applications waited\.</a>'
    assert re.search(headline, told(staff, "en/figures/backlog/", on=ON))


@pytest.mark.usefixtures("_department")
def test_nobody_else_has_numbers_that_open_nor_the_lists_behind_them() -> None:
    someone = Browser()
    someone.force_login(client("someone@example.org")[0])
    for path in ("figures/files/", "figures/files.csv"):
        asked = {"kind": "late", "on": ON}
        assert Browser().get(f"/en/{path}", asked)["Location"].startswith("/en/sign-in/")
        told(someone, f"en/{path}", 404, **asked)
    for path in PATHS:
        assert numbers(told(someone, f"en/{path}", on=ON)) == []


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "nothing"},
        {},
        {"kind": "late", "on": "x"},
        {"kind": "late", "on": "2030-01-01"},
        {"kind": "late", "on": "0001-01-01"},
        {"kind": "decided", "since": "0000-00-00"},
    ],
)
def test_a_figure_that_there_is_not_opens_to_nothing(staff: Browser, asked: dict[str, str]) -> None:
    told(staff, "en/figures/files/", 404, **asked)
    told(staff, "en/figures/files.csv", 404, **asked)


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("after", ["x", "9" * 40 + ".1", "1.x", ".", "²3.1"])
def test_a_place_that_is_none_is_the_beginning_or_the_end(staff: Browser, after: str) -> None:
    told(staff, "en/figures/files/", kind="late", on=ON, after=after)


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("path", PATHS)
def test_sentences_are_short_in_both_languages(path: str) -> None:
    for language in LANGUAGES:
        page = told(Browser(), f"{language}/{path}")
        main = page[page.index("<main") : page.index("</main>")]
        plain = re.sub(r"<option.*?</option>|<svg.*?</svg>", " ", main, flags=re.DOTALL)
        for part in re.split(r"<[^>]+>", plain):
            for sentence in re.split(r"(?<=[.?!;]) ", " ".join(part.split())):
                # The one sentence with two dates in it is longer.
                most = 24 if "2023" in sentence else 16
                assert len(sentence.split()) <= most, sentence

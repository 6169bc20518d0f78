"""The page of the dates that we gave: what the API, the table and the command line say too."""

import csv
import html
import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.jobs import cli
from parvis.lib import clock
from parvis.lib.text import LANGUAGES
from parvis.readers.estimates.due_files import LEVELS
from parvis.readers.estimates.outlooks import SHARES
from parvis.readers.estimates.shelf import forget_all
from tests.filing import client, officer
from tests.readers.estimates.planting import NOW
from tests.readers.estimates.promising import Wait, promised, score
from tests.web.test_public_pages import structure

pytestmark = pytest.mark.django_db
PATH = "figures/dates/"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def _promised() -> None:
    """Have 40 dates of study permits, 30 of them kept, in two months; and two of work permits."""
    promised([Wait(50, [60])] * 30 + [Wait(100, [60])] * 5 + [Wait(100, [95])] * 5)
    promised([Wait(50, [60])] * 2, program="work-permit")
    score()
    score(program="work-permit")


def page(path: str = PATH, language: str = "en", status: int = 200, **asked: str) -> str:
    answer = Browser().get(f"/{language}/{path}", asked)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def api(**asked: str) -> dict[str, object]:
    answer = Browser().get("/api/kept-dates", asked)
    assert answer.status_code == 200
    found: dict[str, object] = json.loads(answer.content)
    return found


def sheet(**asked: str) -> list[dict[str, str]]:
    answer = Browser().get("/api/kept-dates.csv", asked)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(answer.content.decode().splitlines()))


@pytest.mark.usefixtures("_promised")
def test_the_page_says_of_a_hundred_dates_how_many_were_kept() -> None:
    english, french = page(), page(language="fr")
    assert "Of 100 dates that fell due, 76 were kept." in english
    assert "It should be 80. Our dates were too early." in " ".join(english.split())
    assert "Sur 100 dates échues, 76 ont été respectées." in french
    assert "Dates that fell due from 1 January 2023 to 31 December 2023." in english
    assert "An earlier date that was replaced counts too." in english


@pytest.mark.usefixtures("_promised")
@pytest.mark.parametrize("program", ["", "study-permit", "work-permit", "visitor-visa"])
def test_the_page_is_the_same_in_both_languages(program: str) -> None:
    english, french = (page(language=language, program=program) for language in LANGUAGES)
    assert structure(english) == structure(french)
    assert english.count("<svg") == french.count("<svg")


@pytest.mark.usefixtures("_promised")
def test_page_api_table_and_command_line_say_the_same() -> None:
    told = api()
    done = CliRunner().invoke(cli.main, ["estimates", "kept", "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, told)
    shown = page()
    for part in ("half", "most"):
        numbers = told[part]
        assert isinstance(numbers, dict)
        assert (numbers["due"], numbers["kept"]) == (42, 32)
    assert shown.count("76.2%") == 2 + len(SHARES)
    assert [row["program"] for row in sheet()] == ["study-permit", "work-permit"]
    [study, work] = sheet()
    assert (study["most_due"], study["most_kept"], study["most_share"]) == ("40", "30", "0.75")
    assert (work["half_due"], work["half_kept"], work["half_share"]) == ("2", "2", "")
    months = {row["month"]: (row["most_due"], row["most_kept"]) for row in sheet(by="month")}
    assert len(months) == 12
    assert months["2023-03"] == ("37", "32")
    assert months["2023-04"] == ("5", "0")
    likely = sheet(by="likelihood")
    assert [float(row["likelihood"]) for row in likely] == sorted(SHARES)
    assert {(row["due"], row["kept"], row["share"]) for row in likely} == {("42", "32", "0.7619")}
    paper = CliRunner().invoke(cli.main, ["estimates", "kept", "--by", "month"]).stdout
    assert "Of 100 dates that fell due, 76 were kept." in paper
    assert re.search(r"^2023-03 +37 +32 +86\.49%", paper, re.MULTILINE)


@pytest.mark.usefixtures("_promised")
def test_one_program_is_told_alone() -> None:
    told = api(program="work-permit")
    assert (told["program"], len(told["programs"])) == ("work-permit", 1)  # type: ignore[arg-type]
    shown = page(program="work-permit")
    assert "Too few dates have fallen due to say how many we keep. Only 2 fell due." in " ".join(
        re.sub(r"<[^>]+>", "", shown).split()
    )
    assert "By program" not in shown.split("Take the figures")[0]
    assert "%</strong>" not in shown
    assert '"work-permit" selected' in shown
    assert "kept-dates.csv?by=month&program=work-permit" in shown


def test_before_any_date_fell_due_the_page_says_so() -> None:
    for language, said in (
        ("en", "No date has fallen due yet."),
        ("fr", "Aucune date n’est encore échue."),
    ):
        shown = page(language=language)
        assert said in shown
        assert "<svg" not in shown
        assert "<table" not in shown
    told = api(lang="fr")
    assert (told["as_of"], told["months"], told["due_from"]) == (None, [], None)
    assert told["sentences"] == [
        "Aucune date n’est encore échue.",
        "Nous vérifions une date une fois son jour passé.",
    ]
    assert sheet(by="month") == []
    done = CliRunner().invoke(cli.main, ["estimates", "kept"])
    assert done.stdout.startswith("No date has fallen due yet.")


def test_a_program_that_nobody_knows_is_not_there() -> None:
    page(program="no-such", status=404)
    answer = Browser().get("/api/kept-dates", {"program": "no-such"})
    told = json.loads(answer.content)
    assert (answer.status_code, told["code"]) == (404, "no_figure")
    assert "No program has this code" in told["detail"]
    assert Browser().get("/api/kept-dates.csv", {"program": "no-such"}).status_code == 404
    done = CliRunner().invoke(cli.main, ["estimates", "kept", "--program", "no-such"])
    assert done.exit_code == 2


def test_answers_may_be_kept_for_an_hour_and_are_open_to_all() -> None:
    for address in ("/api/kept-dates", "/api/kept-dates.csv"):
        assert Browser().get(address).headers["cache-control"] == "public, max-age=3600"
        described = json.loads(Browser().get("/api/openapi.json").content)["paths"][address]["get"]
        assert not described.get("security")
    assert Browser().get("/api/kept-dates", {"lang": "de"}).status_code == 422
    assert Browser().get("/api/kept-dates.csv", {"by": "office"}).status_code == 422


@pytest.mark.usefixtures("_promised")
def test_the_page_costs_two_queries_and_then_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    forget_all()
    with django_assert_num_queries(2):
        page()
    with django_assert_num_queries(0):
        page(language="fr", program="study-permit")
        api()
        sheet()


@pytest.fixture
def staff() -> Browser:
    browser = Browser()
    browser.force_login(officer("another-officer@example.org"))
    return browser


def opened(browser: Browser, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return html.unescape(answer.getvalue().decode())


@pytest.mark.usefixtures("_promised")
@pytest.mark.parametrize("program", ["", "study-permit"])
def test_every_count_that_staff_see_opens_to_as_many_files(staff: Browser, program: str) -> None:
    shown = opened(staff, f"/en/{PATH}?program={program}")
    found = re.findall(r'<a href="(/en/figures/dates/files/\?[^"]+)">([\d,]+)</a>', shown)
    # Of two dates, kept and not kept, in all and by program where there are several; two months;
    # and of twenty-two likelihoods, due and kept.
    assert len(found) == 2 * (2 + 2 + (0 if program else 2)) + 2 * len(LEVELS)
    for address, number in found:
        french = opened(staff, address.replace("/en/", "/fr/"))
        english = opened(staff, address)
        assert structure(english) == structure(french)
        assert english.count('<tr><th scope="row">') == int(number), address
        table = opened(staff, address.replace("files/?", "files.csv?"))
        rows = list(csv.DictReader(table.splitlines()))
        assert len(rows) == int(number)
        asked = parse_qs(urlsplit(address).query)
        first, last = asked["first"][0], asked["last"][0]
        assert all(first <= row["due_on"] <= last for row in rows)
        came = {"kept": {"yes"}, "missed": {"no"}, "due": {"yes", "no"}}[asked["came"][0]]
        assert {row["kept"] for row in rows} <= came
        for row in rows:
            assert f"{row['number']}</a>" in english


def test_long_lists_of_dates_go_on_where_the_last_page_ended(staff: Browser) -> None:
    promised([Wait(50, [60, 61])] * 40 + [Wait(80, [60])] * 70)
    score()
    asked = "likely=80&came={}&first=2023-01-01&last=2023-12-31"
    for came, numbers in (("kept", [50, 30]), ("missed", [50, 20]), ("due", [50, 50, 50])):
        address, seen = f"/en/{PATH}files/?{asked.format(came)}", list[int]()
        while address:
            page_ = opened(staff, address)
            seen.append(page_.count('<tr><th scope="row">'))
            following = re.search(r'rel="next" href="([^"]+)"', page_)
            address = f"/en/{PATH}files/{following[1]}" if following else ""
        assert seen == numbers
    assert "There are no more." in opened(
        staff, f"/en/{PATH}files/?{asked.format('due')}&after=999"
    )


@pytest.mark.usefixtures("_promised")
def test_nobody_else_opens_a_count_of_dates() -> None:
    someone = Browser()
    someone.force_login(client("someone@example.org")[0])
    assert "dates/files" not in opened(someone, f"/en/{PATH}")
    for address in (f"/en/{PATH}files/", f"/en/{PATH}files.csv"):
        asked = "?likely=80&came=kept&first=2023-01-01&last=2023-12-31"
        assert Browser().get(address + asked)["Location"].startswith("/en/sign-in/")
        opened(someone, address + asked, 404)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "likely=80&came=kept&first=2023-01-01",
        "likely=81&came=kept&first=2023-01-01&last=2023-12-31",
        "likely=80&came=late&first=2023-01-01&last=2023-12-31",
        "likely=80&came=kept&first=x&last=2023-12-31",
        "likely=80&came=kept&first=2023-01-01&last=2023-12-31&program=no-such",
    ],
)
def test_dates_that_cannot_be_told_apart_open_to_nothing(staff: Browser, asked: str) -> None:
    for address in (f"/en/{PATH}files/", f"/en/{PATH}files.csv"):
        opened(staff, f"{address}?{asked}", 404)


@pytest.mark.usefixtures("_promised")
def test_every_picture_has_its_table_and_says_nothing_by_colour_alone() -> None:
    shown = page()
    assert shown.count('<figure class="chart') == 2
    assert shown.count("<table>") == 2
    assert shown.count('aria-hidden="true"') == shown.count("<svg")
    for words in ("Sooner than said", "Later than said", "four in five", "Aim: 80%"):
        assert words in shown


def sentences(shown: str) -> Iterator[str]:
    main = shown[shown.index("<main") : shown.index("</main>")]
    plain = re.sub(r"<option.*?</option>|<svg.*?</svg>", " ", main, flags=re.DOTALL)
    for part in re.split(r"<[^>]+>", plain):
        yield from re.split(r"(?<=[.?!;]) ", " ".join(part.split()))


@pytest.mark.usefixtures("_promised")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [PATH, "processing-times/"])
def test_sentences_are_short_in_both_languages(language: str, path: str) -> None:
    for sentence in sentences(page(path, language)):
        assert len(sentence.split()) <= 16, sentence


def test_the_pages_of_figures_and_times_lead_there() -> None:
    assert "/en/figures/dates/" in page("processing-times/")

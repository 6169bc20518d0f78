"""Pages of the support centre: for those who answer for it, the same in both languages."""

import csv
import html
import re
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.contacts.services import record
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.jobs.demo.support import support
from parvis.lib import clock
from parvis.lib.text import LANGUAGES
from parvis.readers.support.counting import count
from parvis.readers.support.data import COLUMNS
from parvis.readers.support.words import length, name_of_channel, name_of_language
from tests.casework.contacts.telling import ABANDONED, ANSWERED, call
from tests.filing import PASSWORD, RECEIVED, client, officer
from tests.web.test_public_pages import structure

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 1, 12, 16, tzinfo=UTC)
PAGE, TABLE = "figures/support/", "figures/support/figures.csv"
LINE = "figures/support/lines/israel-west-bank-gaza/"
DAYS = f"{LINE}days.csv"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def _department() -> None:
    rng = np.random.default_rng(7)
    support(scale=0.0005, until=NOW, by="test", rng=rng, progress=lambda facts: None)
    count(NOW)


@pytest.fixture
def browser() -> Browser:
    user = add_user(email="analyst@example.org", password=PASSWORD, role=Role.ANALYST, at=RECEIVED)
    signed_in = Browser()
    signed_in.force_login(user)
    return signed_in


def told(browser: Browser, path: str, status: int = 200, **asked: str) -> str:
    answer = browser.get(f"/{path}", asked)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("path", [PAGE, LINE])
def test_a_page_is_the_same_in_both_languages(browser: Browser, path: str) -> None:
    english, french = (told(browser, f"{language}/{path}") for language in LANGUAGES)
    assert structure(english) == structure(french)
    assert english.count("<svg") == french.count("<svg") >= 2
    assert english.count('aria-hidden="true"') >= english.count("<svg")


@pytest.mark.usefixtures("_department")
def test_the_published_proportions_stand_on_the_page(browser: Browser) -> None:
    page = told(browser, f"en/{PAGE}")
    assert "<strong>2,330</strong> were answered from 1 January 2023 to 31 December 2023." in page
    assert "That is 342 (17.2%) more than in the same days a year before." in page
    assert "<strong>31%</strong> of the calls that came were answered." in page
    french = told(browser, f"fr/{PAGE}")
    space = "\N{NO-BREAK SPACE}"
    assert f"C’est 342 (17,2{space}%) de plus que pour les mêmes jours un an plus tôt." in french
    fewer = told(browser, f"en/{PAGE}", **{"from": "2022-01-01", "to": "2022-12-31"})
    assert "more than in the same days" not in fewer
    some_days = told(browser, f"en/{PAGE}", **{"from": "2023-12-01", "to": "2023-12-31"})
    assert "Day by day" in some_days
    down = told(browser, f"en/{PAGE}", **{"from": "2023-01-01", "to": "2023-01-02"})
    assert "Enquiries answered" in down


@pytest.mark.usefixtures("_department")
def test_a_page_costs_a_handful_of_queries(
    browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        told(browser, f"en/{PAGE}")
    with django_assert_max_num_queries(8):
        told(browser, f"en/{LINE}")


def test_a_line_is_told_day_by_day_from_its_first(browser: Browser) -> None:
    line = "israel-west-bank-gaza"
    for n, steps in enumerate([ANSWERED, ABANDONED, ANSWERED]):
        since = RECEIVED - timedelta(days=9 - 3 * n)
        record(call(f"c{n}", steps, since=since, line=line), source="acd", at=NOW)
    count(NOW)
    page = told(browser, f"en/{LINE}")
    assert "<strong>2</strong> calls and messages were answered since 3 January 2024." in page
    rows = re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', page)
    assert [name for name, _ in rows][:1] == ["12 January 2024"]
    assert len(rows) == 10
    assert re.findall(r">(\d+)<", dict(rows)["9 January 2024"]) == ["1", "1", "0", "0", "2"]
    head, *lines = csv.reader(_body(browser, f"/en/{DAYS}").splitlines())
    assert head == ["day", "from", "to", *COLUMNS]
    assert [line[0] for line in lines] == [
        (date(2024, 1, 3) + timedelta(days=n)).isoformat() for n in range(10)
    ]


def test_a_line_to_which_nothing_came_says_so(browser: Browser) -> None:
    count(NOW)
    assert "Nothing has come to this line yet." in told(browser, f"en/{LINE}")
    told(browser, f"en/{DAYS}", 404)


def _body(browser: Browser, path: str, **asked: str) -> str:
    answer = browser.get(path, asked)
    assert answer.status_code == 200
    body: str = answer.getvalue().decode()
    return body


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("by", ["line", "channel", "topic", "language", "day"])
def test_each_split_is_a_table_too(browser: Browser, by: str) -> None:
    head, *lines = csv.reader(_body(browser, f"/en/{TABLE}", by=by).splitlines())
    assert head == [by, "from", "to", *COLUMNS]
    assert sum(int(line[4]) for line in lines) == 2_330
    assert len(lines) == {"line": 5, "channel": 3, "topic": 14, "language": 2, "day": 365}[by]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"from": "yesterday"}, "Give each day as year, month and day, such as 2023-11-30."),
        ({"from": "0001-01-01"}, "Give each day as year, month and day"),
        ({"from": "2024-01-02", "to": "2024-01-01"}, "The last day is before the first."),
        ({"from": "1990-01-01", "to": "2024-01-01"}, "Choose ten years at most."),
    ],
)
def test_what_cannot_be_told_is_said(
    browser: Browser, asked: dict[str, str], sentence: str
) -> None:
    count(NOW)
    page = told(browser, f"en/{PAGE}", 400, **asked)
    assert sentence in page
    assert 'role="alert"' in page
    told(browser, f"en/{TABLE}", 404, **asked)


@pytest.mark.usefixtures("_department")
def test_whether_answers_helped_is_told_to_those_who_see_figures_and_words_to_supervisors(
    browser: Browser,
) -> None:
    page = told(browser, f"en/{PAGE}")
    assert "Did our answers help?" in page
    assert "of those who replied are satisfied." in page
    [lines] = re.findall(r'aria-label="Did our answers help\? By line".*?</table>', page, re.DOTALL)
    assert ">general<" in lines
    assert "parliamentary" not in lines
    assert "/support/said/" not in page
    user = add_user(email="eve@example.org", password=PASSWORD, role=Role.SUPERVISOR, at=RECEIVED)
    supervisor = Browser()
    supervisor.force_login(user)
    assert "/en/support/said/" in told(supervisor, f"en/{PAGE}")


def test_a_house_that_was_not_counted_or_had_no_calls_says_so(browser: Browser) -> None:
    assert "has not been counted yet" in told(browser, f"en/{PAGE}")
    assert "n’a pas encore été compté" in told(browser, f"fr/{PAGE}")
    count(NOW)
    assert "No calls came." in told(browser, f"en/{PAGE}")


def test_nobody_else_sees_any_of_it() -> None:
    someone, staff = Browser(), Browser()
    someone.force_login(client("someone@example.org")[0])
    staff.force_login(officer())
    count(NOW)
    for path in (PAGE, TABLE, LINE, DAYS):
        assert Browser().get(f"/en/{path}")["Location"].startswith("/en/sign-in/")
        told(someone, f"en/{path}", 404)
        told(staff, f"en/{path}", 404)


def test_lengths_and_codes_are_said_as_people_say_them() -> None:
    told_as = [(one, length(one)) for one in (0, 89, 90, 5_399, 5_400, 172_799, 172_800)]
    assert [text.en for _, text in told_as if text] == [
        *("0 s", "89 s", "2 min", "90 min", "2 h", "48 h", "2 days")
    ]
    assert length(None) is None
    five = length(432_000)
    assert five is not None
    assert five.fr == "5\N{NO-BREAK SPACE}jours"
    assert name_of_channel("fax").fr == "fax"
    assert name_of_language("").en == "Not told"


@pytest.mark.usefixtures("_department")
@pytest.mark.parametrize("path", [PAGE, LINE])
def test_sentences_are_short_in_both_languages(browser: Browser, path: str) -> None:
    for language in LANGUAGES:
        page = told(browser, f"{language}/{path}")
        main = page[page.index("<main") : page.index("</main>")]
        plain = re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)
        for part in re.split(r"<[^>]+>", plain):
            for sentence in re.split(r"(?<=[.?!;:]) ", " ".join(part.split())):
                most = 24 if "202" in sentence else 16
                assert len(sentence.split()) <= most, sentence

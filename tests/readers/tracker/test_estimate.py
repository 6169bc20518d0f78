"""By when: the date that was given, why it moved, and never one that has passed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from parvis.casework.applications import services
from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.giving import give_dates
from parvis.casework.applications.models import Application
from parvis.jobs.cli.paper import paper
from parvis.lib.text import LANGUAGES
from parvis.readers.estimates.published import refresh
from parvis.readers.tracker import as_data, dotplot_of, file_page
from parvis.readers.tracker.page import FilePage, Forecast
from tests.filing import OPEN, RECEIVED, REFUSE, filed, seen
from tests.readers.estimates.planting import decided

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HALF_ON, MOST_ON = date(2024, 3, 1), date(2024, 5, 1)
DOTS = tuple(range(20, 220, 10))


def dated(**what: Any) -> DateGiven:
    values = {"half_on": HALF_ON, "most_on": MOST_ON, "dots": DOTS, "reached": 412, "decided": 308}
    return DateGiven(**values | what)


def told(file: Application, *facts: DateGiven, at: datetime = RECEIVED + 2 * DAY) -> Application:
    """Return the file after its client was told these dates, a week apart."""
    for weeks, fact in enumerate(facts):
        assert give_dates(dates={file.id: fact}, by="test", at=at + 7 * weeks * DAY) == 1
    return file


def page(file: Application, now: datetime = RECEIVED + 30 * DAY) -> FilePage:
    return file_page(seen(file), now)


def english(page: FilePage) -> list[str]:
    return [text.en for text in (*page.estimate.sentences, *page.estimate.changed)]


def test_an_open_file_is_told_half_and_four_in_five_and_what_they_rest_on() -> None:
    line = page(told(filed(OPEN), dated())).estimate
    assert line.code is Forecast.GIVEN
    assert [text.en for text in line.sentences] == [
        "10 of 20 applications like yours are decided by 1 March 2024.",
        "16 of 20 are decided by 1 May 2024.",
    ]
    assert line.sentences[0].fr == (
        "10 demandes sur 20 comme la vôtre sont réglées au plus tard le 1er mars 2024."
    )
    assert line.half_on is not None
    assert (line.half_on.on, line.reached, line.decided) == (HALF_ON, 412, 308)
    assert any("412 applications waited at least as long" in one.en for one in line.basis)
    assert line.changed == ()


def test_without_a_date_nothing_is_made_up() -> None:
    line = page(filed(OPEN)).estimate
    assert (line.code, line.sentences, line.most_on, line.dots) == (Forecast.NONE, (), None, ())


def test_a_date_that_has_passed_is_not_told_again() -> None:
    file = told(filed(OPEN), dated())
    line = page(file, datetime(2024, 5, 2, 12, tzinfo=RECEIVED.tzinfo)).estimate
    assert (line.code, line.most_on, line.dots) == (Forecast.PASSED, None, ())
    assert line.sentences[0].en == "The time that we gave you has passed."


def test_where_only_the_first_date_has_passed_it_is_told_as_today() -> None:
    file = told(filed(OPEN), dated())
    now = datetime(2024, 3, 10, 12, tzinfo=RECEIVED.tzinfo)
    line = page(file, now).estimate
    assert line.half_on is not None
    assert line.half_on.on == now.date()
    assert min(line.dots) == (now.date() - RECEIVED.date()).days


def test_a_closed_file_has_no_date_any_more() -> None:
    line = page(told(filed(OPEN, REFUSE), at=RECEIVED)).estimate
    assert line.code is Forecast.OVER


def test_a_date_that_moved_says_what_it_was_and_why() -> None:
    later = page(told(filed(OPEN), dated(), dated(most_on=date(2024, 6, 1))))
    assert english(later)[-2:] == [
        "On 14 January 2024 we said 16 of 20 by 1 May 2024.",
        "It is later because others that waited as long took more time than we thought.",
    ]
    sooner = page(told(filed(OPEN), dated(), dated(most_on=date(2024, 4, 1))))
    assert "It is sooner" in english(sooner)[-1]
    file = told(filed(OPEN), dated())
    services.complete_section(
        application=file, section="background", by="test", at=RECEIVED + 4 * DAY
    )
    worked_on = page(told(file, dated(most_on=date(2024, 4, 1)), at=RECEIVED + 5 * DAY))
    assert english(worked_on)[-1] == "It changed because work on your application went on."


def test_dates_far_apart_and_less_sure_ones_say_so() -> None:
    plain = english(page(told(filed(OPEN), dated())))
    wide = english(page(told(filed(OPEN), dated(most_on=date(2025, 6, 1)))))
    unsure = english(page(told(filed(OPEN), dated(unsure=True))))
    assert [len(plain), len(wide), len(unsure)] == [2, 3, 3]
    assert "far apart" in wide[-1]
    assert "slowed down lately" in unsure[-1]


def test_the_picture_is_of_files_like_it_and_else_of_decided_ones() -> None:
    decided([20] * 40)
    refresh(RECEIVED + 10 * DAY)
    past, coming = (dotplot_of(page(one)) for one in (filed(OPEN), told(filed(OPEN), dated())))
    assert past is not None
    assert coming is not None
    assert (past.forecast, coming.forecast) == (False, True)
    assert [dot.days for dot in coming.dots] == [max(one, 30) for one in DOTS]


def test_dates_given_are_not_among_what_happened() -> None:
    file = filed(OPEN)
    before = page(file)
    after = page(told(file, dated()))
    assert (after.history, after.updated_on) == (before.history, before.updated_on)


def test_paper_and_data_say_the_same() -> None:
    told_page = page(told(filed(OPEN), dated(), dated(most_on=date(2024, 6, 1))))
    for language in LANGUAGES:
        said = [one[language] for one in told_page.estimate.sentences]
        data = as_data(told_page, language)["estimate"]
        assert data["sentences"] == said
        assert (data["code"], data["most_on"]) == ("given", "2024-06-01")
        assert all(one in paper(told_page, language) for one in said)


def test_the_same_date_is_told_once() -> None:
    file = told(filed(OPEN), dated())
    assert give_dates(dates={file.id: dated()}, by="test", at=RECEIVED + 9 * DAY) == 0

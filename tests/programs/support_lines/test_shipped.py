"""The lines, templates and holidays that come with Parvis, and what a file may not say."""

import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from parvis.engines.queueing.hours import Span, is_open, next_change
from parvis.lib.text import LANGUAGES
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.support_lines.calendars import Calendar, calendars
from parvis.programs.support_lines.loader import (
    UnknownModel,
    load_line,
    load_template,
    model,
    models,
    shipped_lines,
    templates,
    terms_like,
)
from parvis.programs.support_lines.schema import Terms
from parvis.programs.support_lines.spans import days_of, shown, span_of, spans_of
from parvis.programs.support_lines.unfit import Unfit

FILES = Path(__file__).parents[3] / "parvis" / "programs" / "support_lines" / "data"
NAMED = {"name": {"en": "Line", "fr": "Ligne"}}


def test_every_house_has_the_general_and_the_parliamentary_line_and_a_template_for_crises() -> None:
    assert set(shipped_lines()) == {"general", "parliamentary"}
    assert set(templates()) == {"crisis"}
    assert set(models()) == {"general", "parliamentary", "crisis"}
    general, parliament = shipped_lines()["general"], shipped_lines()["parliamentary"]
    assert general.head_start_minutes < parliament.head_start_minutes
    assert parliament.head_start_minutes < model("crisis").head_start_minutes
    with pytest.raises(UnknownModel, match="there are crisis"):
        model("flood")


def test_the_general_line_is_open_from_half_past_six_to_seven_eastern_on_weekdays() -> None:
    line = shipped_lines()["general"]
    assert line.time_zone.key == "America/Toronto"
    hours = line.opening_hours()
    assert hours.week == ((Span(390, 1140),),) * 5 + ((),) * 2
    # Friday 12 January 2024, in Toronto five hours behind UTC.
    opens, closes = (datetime(2024, 1, 12, *at, tzinfo=UTC) for at in ((11, 30), (23, 59)))
    assert is_open(hours, opens)
    assert not is_open(hours, opens - timedelta(minutes=1))
    assert next_change(hours, opens) == datetime(2024, 1, 13, 0, 0, tzinfo=UTC)
    assert is_open(hours, closes)


def rules(year: int) -> set[date]:
    """Return the federal holidays of a year, as they are kept, by their rules."""
    a, b, c = year % 19, year // 100, year % 100
    # Easter by Butcher's method.
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    easter = date(year, month, day + 1)

    def monday(month: int, day: int) -> date:
        """Return the first Monday from a day on."""
        first = date(year, month, day)
        return first + timedelta(days=-first.weekday() % 7)

    kept = {easter - timedelta(days=2), easter + timedelta(days=1)}
    kept |= {monday(5, 18), monday(8, 1), monday(9, 1), monday(10, 8)}
    for month, day in ((1, 1), (7, 1), (9, 30), (11, 11), (12, 25), (12, 26)):
        one = date(year, month, day)
        while one.weekday() >= 5 or one in kept:
            one += timedelta(days=1)
        kept.add(one)
    return kept


def test_the_federal_holidays_are_as_their_rules_give_them_and_one_that_was_proclaimed() -> None:
    calendar = calendars()["canada-federal"]
    assert (calendar.first_year, calendar.last_year) == (2022, 2030)
    expected = {day for year in range(2022, 2031) for day in rules(year)}
    assert set(calendar.days) == expected | {date(2022, 9, 19)}
    assert all(not one.hours for one in calendar.days.values())


def test_after_its_last_year_a_calendar_says_so_and_every_day_is_as_in_any_week(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hours = shipped_lines()["general"].opening_hours()
    christmas = datetime(2031, 12, 25, 15, tzinfo=UTC)
    with caplog.at_level(logging.WARNING):
        assert is_open(hours, christmas)
    assert "Holidays are known until 2030-12-31" in caplog.text
    assert not hours.is_known(christmas.date())


def test_a_calendar_has_days_for_each_of_its_years() -> None:
    said = yaml.safe_load((FILES / "calendars" / "canada-federal.yaml").read_text())
    with pytest.raises(ValidationError, match="each year"):
        Calendar.model_validate(said | {"last_year": 2031})


@pytest.mark.parametrize("code", sorted(models()))
def test_whatever_can_be_opened_says_where_it_comes_from(code: str) -> None:
    one = model(code)
    assert one.source
    assert one.targets.source
    for words in (one.about, one.script):
        assert all(words[language] for language in LANGUAGES)


SPANS = {
    "06:30-19:00": Span(390, 1140),
    "6:30 – 19:00": Span(390, 1140),
    "22:00-02:00": Span(1320, 1560),
    "00:00-24:00": Span(0, 1440),
    "18:00-00:00": Span(1080, 1440),
}


@pytest.mark.parametrize("written", SPANS)
def test_spans_are_read_as_people_write_them(written: str) -> None:
    assert span_of(written) == SPANS[written]
    assert span_of(shown(SPANS[written])) == SPANS[written]


@pytest.mark.parametrize(
    "written", ["", "6-19", "06:30", "06:60-19:00", "25:00-26:00", "24:00-02:00", "08:00-08:00"]
)
def test_what_is_no_span_is_refused_in_both_languages(written: str) -> None:
    with pytest.raises(Unfit) as refused:
        span_of(written)
    assert repr(written) in refused.value.reason.en
    assert f"«\N{NO-BREAK SPACE}{written}\N{NO-BREAK SPACE}»" in refused.value.reason.fr


def test_two_spans_of_a_day_do_not_overlap() -> None:
    assert spans_of(["13:00-17:00", "08:00-12:00"]) == (Span(480, 720), Span(780, 1020))
    with pytest.raises(Unfit, match="overlap"):
        spans_of(["08:00-12:00", "11:59-13:00"])


def test_days_are_named_one_by_one_or_from_one_to_another() -> None:
    assert days_of("monday-wednesday") == ("monday", "tuesday", "wednesday")
    assert days_of("sunday") == ("sunday",)
    for wrong in ("friday-monday", "lundi", "monday-", "-friday"):
        if wrong != "monday-":
            with pytest.raises(Unfit):
                days_of(wrong)


def general(**said: Any) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FILES / "general.yaml").read_text())
    return data | said


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "one language": ({"about": {"en": "For all."}}, r"about\.fr: missing"),
    "a zone that there is not": ({"time_zone": "America/Ottawa"}, "not a known time zone"),
    "no hours": ({"hours": {"monday": []}}, "open at some hours"),
    "a day twice": ({"hours": {"monday-friday": [], "friday": ["08:00-09:00"]}}, "twice"),
    "hours that overlap": ({"hours": {"monday": ["08:00-12:00", "11:00-13:00"]}}, "overlap"),
    "an unknown calendar": ({"holidays": "moon"}, "no calendar 'moon'"),
    "no channel": ({"channels": {}}, "at least one way"),
    "no address": ({"channels": {"email": "x"}}, r"channels\.email: this is no e-mail address"),
    "no number": ({"channels": {"phone": "0100"}}, "country code"),
    "no French": ({"languages": ["en", "uk"]}, "English and in French"),
    "no language": ({"languages": ["en", "fr", "Ukrainian"]}, "no code of a language"),
    "no code": ({"skills": ["Of Parliament"]}, "not a code"),
    "a topic that is no code": ({"topics": ["where?"]}, "not a code"),
    "an unknown key": ({"holiday": "canada-federal"}, "did you mean holidays"),
    "no share": ({"targets": {"open_hours": 8, "share": 80, "source": "x"}}, "less than or equal"),
    "too early": ({"head_start_minutes": -1}, "greater than or equal"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_wrong_is_refused_with_its_line(what: str, tmp_path: Path) -> None:
    said, reason = WRONG[what]
    path = tmp_path / "line.yaml"
    path.write_text(yaml.safe_dump(general(**said), allow_unicode=True))
    with pytest.raises(ProgramRefused, match=reason) as refused:
        load_line(path)
    assert all(mistake.line >= 1 for mistake in refused.value.errors)


def test_terms_are_kept_and_read_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "line.yaml"
    days = {"2024-12-24": {"name": {"en": "Eve", "fr": "Veille"}, "hours": ["06:30-12:00"]}}
    path.write_text(yaml.safe_dump(general(days=days, shown_in=["Europe/Kyiv"])))
    terms = load_line(path).terms
    assert Terms.model_validate(terms.as_data()) == terms
    assert Terms.model_validate_json(terms.model_dump_json()) == terms
    hours = terms.opening_hours()
    assert hours.spans_on(date(2024, 12, 24)) == (Span(390, 720),)
    assert hours.spans_on(date(2024, 12, 25)) == ()
    assert terms.unusual_days()[date(2024, 12, 24)].name.en == "Eve"


def test_a_line_is_opened_like_another_but_is_not_reached_like_it() -> None:
    like = model("general")
    terms = terms_like(like, NAMED)
    assert terms.channels.model_dump() == {"email": None, "web_form": True, "phone": None}
    assert (terms.hours, terms.targets, terms.holidays) == (like.hours, like.targets, like.holidays)
    own = terms_like(model("crisis"), NAMED | {"channels": {"phone": "+1  613 555 0199"}})
    assert own.channels.phone == "+1 613 555 0199"
    assert own.channels.web_form


def test_a_template_has_no_name(tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(yaml.safe_dump(general()))
    with pytest.raises(ProgramRefused, match="name: unknown key"):
        load_template(path)

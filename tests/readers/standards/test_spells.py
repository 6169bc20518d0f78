"""Spells say of every day's end what the facts up to it add up to, by the rule of a file's page."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parvis.casework.applications import facts
from parvis.casework.applications.state import State, course, fold
from parvis.casework.events.log import Happened
from parvis.programs import loader
from parvis.programs.schema import Program, Standard
from parvis.programs.vocabulary import Outcome, Status
from parvis.readers.standards.spells import Spell, spells_of
from parvis.readers.tracker.page import Standing
from parvis.readers.tracker.standard import service_standard

DAY = timedelta(days=1)
FIRST = datetime(2022, 10, 20, 12, tzinfo=UTC)
"""Before the hour goes back, forth and back again within the year and a half that is told."""
SPAN = 560
PROGRAM = loader.program("study-permit").model_copy(
    update={
        "service_standard": {
            date(2022, 10, 25): Standard(days=12, target=0.8, source="here"),
            date(2023, 2, 1): Standard(months=1, target=0.8, source="here"),
        }
    }
)
ZONES = [ZoneInfo(name) for name in ("America/Toronto", "America/St_Johns", "Asia/Kathmandu")]
OFFICES = st.sampled_from(["cpc-edmonton", "vac-manila"])
DOCUMENTS = st.sampled_from(["photo", "form"])
FACTS = st.one_of(
    st.builds(facts.ClientAsked, document=DOCUMENTS, stops_clock=st.booleans()),
    st.builds(facts.ClientAnswered, document=DOCUMENTS),
    st.builds(facts.Transferred, office=OFFICES, partner=st.booleans()),
    st.builds(facts.Decided, outcome=st.sampled_from(Outcome)),
    st.sampled_from(
        [
            *(facts.Acknowledged(), facts.StepRecorded(), facts.StepRecorded(section="medical")),
            *(facts.Withdrawn(), facts.Abandoned(), facts.Reopened(), facts.Reopened()),
        ]
    ),
)
RECEIPTS = st.builds(
    facts.Received,
    program=st.just(PROGRAM.code),
    office=st.none() | OFFICES,
    number=st.none() | st.just("X-1"),
)
MINUTES = st.integers(0, SPAN * 24 * 60) | st.integers(0, 40 * 24 * 60)
HISTORIES = st.lists(st.tuples(MINUTES, FACTS | RECEIPTS), max_size=12)


def happened(history: Iterable[tuple[int, facts.Fact]]) -> list[Happened]:
    return [(FIRST + timedelta(minutes=minutes), fact) for minutes, fact in history]


def end_of(day: date, program: Program) -> datetime:
    return datetime.combine(day, time.max, program.time_zone)


def then(told: Sequence[Happened], day: date, program: Program) -> State | None:
    """Return how the file stood at the end of a day, folded from what had happened by then."""
    return fold((at, fact) for at, fact in told if at <= end_of(day, program))


def waiting_on(spells: Sequence[Spell], day: date) -> list[Spell]:
    return [
        one
        for one in spells
        if one.opened_on <= day and (one.closed_on is None or one.closed_on > day)
    ]


def standing_on(spell: Spell, day: date) -> Standing:
    if not spell.measured:
        return Standing.NONE
    late = spell.late_from is not None and spell.late_from <= day
    return Standing.LATE if late else Standing.WITHIN


def decisions(told: Sequence[Happened], program: Program) -> list[tuple[date, Standing]]:
    """Return the decision that stands of each time the file was closed, read from the states."""
    found: list[tuple[date, Standing]] = []
    was_open, stands = False, None
    for state in course(told):
        if state.closed_at is None:
            found += [stands] if stands else []
            was_open, stands = True, None
        elif was_open:
            on = state.closed_at.astimezone(program.time_zone).date()
            decided = state.status in (Status.APPROVED, Status.REFUSED)
            line = service_standard(state, program, state.last_fact_at)
            stands = (on, line.code) if decided else None
    return found + ([stands] if stands else [])


@settings(max_examples=300)
@given(HISTORIES, RECEIPTS, MINUTES, st.sampled_from(ZONES))
@example([], facts.Received(program=PROGRAM.code), 0, ZONES[0])
def test_on_any_day_spells_say_what_the_facts_up_to_it_say(
    history: list[tuple[int, facts.Fact]], receipt: facts.Received, minute: int, zone: ZoneInfo
) -> None:
    program = PROGRAM.model_copy(update={"time_zone": zone})
    told = happened([*history, (minute, receipt)])
    code, spells = spells_of(told, {program.code: program})
    assert code == program.code
    moments = sorted({at.astimezone(zone).date() for at, _ in told})
    days = {
        on + back * DAY
        for on in (*moments, date(2022, 11, 6), date(2023, 3, 12), date(2023, 11, 5))
        for back in (-2, -1, 0, 1, 2, 12, 13, 14, 30, 31, 32, 33, 400)
    }
    days |= {one.late_from + back * DAY for one in spells if one.late_from for back in (-1, 0, 1)}
    for day in sorted(days):
        state = then(told, day, program)
        found = waiting_on(spells, day)
        if state is None or state.closed_at is not None:
            assert found == [], day
            continue
        [spell] = found
        line = service_standard(state, program, end_of(day, program))
        assert spell.office == (state.office or ""), day
        assert standing_on(spell, day) is line.code, day


@settings(max_examples=300)
@given(HISTORIES, RECEIPTS, MINUTES)
def test_every_decision_that_stands_is_told_on_its_day_and_as_the_page_tells_it(
    history: list[tuple[int, facts.Fact]], receipt: facts.Received, minute: int
) -> None:
    told = happened([*history, (minute, receipt)])
    _, spells = spells_of(told, {PROGRAM.code: PROGRAM})
    found = []
    for one in spells:
        if one.decided_on is not None:
            late = one.late_from is not None and one.late_from <= one.decided_on
            timely = Standing.DECIDED_LATE if late else Standing.DECIDED_WITHIN
            found.append((one.decided_on, timely if one.measured else Standing.NONE))
    assert found == decisions(told, PROGRAM)


def spells(*history: tuple[float, facts.Fact]) -> list[Spell]:
    """Return the spells of a study permit, 60 days, received on 12 January 2024."""
    received = datetime(2024, 1, 12, 15, tzinfo=UTC)
    first = (received, facts.Received(program="study-permit", office="cpc-edmonton"))
    told = [first, *((received + timedelta(days=days), fact) for days, fact in history)]
    return spells_of(told, loader.all_programs())[1]


def on(day: int) -> date:
    return date(2024, 1, 12) + timedelta(days=day)


YES = facts.Decided(outcome=Outcome.APPROVED)
ASK = facts.ClientAsked(document="photo", stops_clock=True)
ANSWER = facts.ClientAnswered(document="photo")
AWAY = facts.Transferred(office="visa-office-paris")


def test_a_file_that_waits_is_late_from_the_day_after_its_standard() -> None:
    [one] = spells()
    assert one == Spell(on(0), "cpc-edmonton", came=True, measured=True, late_from=on(61))


def test_while_the_clock_stands_still_no_day_is_known_and_afterwards_it_is_later() -> None:
    [one] = spells((10, ASK))
    assert one.late_from is None
    [one] = spells((10, ASK), (40, ANSWER))
    assert one.late_from == on(91)
    # What is late already stays so whatever we ask.
    [one] = spells((70, ASK), (100, ANSWER))
    assert one.late_from == on(61)


def test_a_transfer_takes_the_file_and_its_day_to_the_other_office() -> None:
    here, there = spells((10, AWAY))
    assert (here.closed_on, here.left, here.late_from) == (on(10), False, on(61))
    assert (there.opened_on, there.came, there.office) == (on(10), False, "visa-office-paris")
    assert there.late_from == on(61)


def test_a_file_closed_for_some_days_is_late_by_as_many_days_later() -> None:
    first, second = spells((10, YES), (30, facts.Reopened()))
    assert (first.decided_on, first.left, second.came) == (on(10), True, True)
    assert second.late_from == on(81)


@pytest.mark.parametrize("ending", [facts.Withdrawn(), facts.Abandoned()])
def test_what_was_taken_back_or_abandoned_was_not_decided(ending: facts.Fact) -> None:
    [one] = spells((10, ending))
    assert (one.closed_on, one.left, one.decided_on) == (on(10), True, None)


def test_decided_on_the_last_day_is_within_and_on_the_next_is_late() -> None:
    [timely], [late] = spells((60, YES)), spells((61, YES))
    assert timely.late_from is not None
    assert timely.late_from > on(60)
    assert late.late_from == late.decided_on == on(61)


def test_of_two_decisions_the_later_stands() -> None:
    untold = facts.Decided(outcome=Outcome.CLOSED)
    [one] = spells((10, untold), (70, YES))
    assert (one.closed_on, one.decided_on, one.late_from) == (on(10), on(70), on(61))


def test_received_and_decided_on_one_day_waited_on_none() -> None:
    [one] = spells((0.1, YES))
    assert (one.opened_on, one.closed_on, one.decided_on) == (on(0), on(0), on(0))


def test_what_was_never_received_has_no_spell() -> None:
    assert spells_of([(FIRST, YES)], loader.all_programs()) == ("", [])


def test_a_program_that_nobody_knows_any_more_has_no_standard() -> None:
    code, [one] = spells_of([(FIRST, facts.Received(program="gone"))], loader.all_programs())
    assert (code, one.measured, one.late_from) == ("gone", False, None)

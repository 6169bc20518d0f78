"""Other systems' histories, read as facts of ours by the mapping of their program."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from parvis.casework.applications import facts
from parvis.casework.applications.foreign import ForeignCase, ForeignEvent, Reading
from parvis.casework.applications.histories import take_in
from parvis.casework.applications.models import Application
from parvis.casework.applications.state import State, fold
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, Source, SubjectKind
from parvis.channels.casefiles.values import Values
from parvis.lib import clock
from parvis.programs import loader
from parvis.programs.schema import Activity, History, Program
from parvis.programs.vocabulary import DECIDED, RECEIVED, Does, Outcome, SectionStatus, Status

DAY = datetime(2024, 1, 12, 15, tzinfo=UTC)
TORONTO = ZoneInfo("America/Toronto")
STUDY = loader.program("study-permit")
DOCUMENT, OFFICE, PARTNER = "biometrics-appointment", "cpc-edmonton", "vac-manila"

MAPPED: dict[str, dict[str, Any]] = {
    "in": {"does": "receive"},
    "ack": {"does": "acknowledge"},
    "note": {},
    "look": {"section": "medical"},
    "open": {"does": "open", "section": "medical"},
    "done": {"does": "complete", "section": "medical"},
    "free": {"does": "exempt", "section": "medical"},
    "ask": {"does": "ask", "document": DOCUMENT, "section": "biometrics"},
    "answer": {"does": "answer", "document": DOCUMENT},
    "away": {"does": "transfer", "office": PARTNER},
    "back": {"does": "transfer", "office": OFFICE},
    "yes": {"does": "approve"},
    "no": {"does": "refuse"},
    "end": {"does": "close"},
    "taken back": {"does": "withdraw"},
    "given up": {"does": "abandon"},
    "again": {"does": "reopen"},
}


def program(**mapped: dict[str, Any]) -> Program:
    """Return the study permit with these activities of another system."""
    activities = {
        name: Activity(name=STUDY.name, **said) for name, said in (MAPPED | mapped).items()
    }
    outcomes = {"Granted": Does.APPROVE, "refused": Does.REFUSE, "Under review": Does.STEP}
    history = History(activities=activities, outcomes=outcomes)
    return STUDY.model_copy(update={"history": history})


def case(
    *told: str | tuple[str, str], outcome: str | None = None, number: str = "N-1"
) -> ForeignCase:
    """Return a case with these activities, a day apart, each with its lifecycle or without."""
    events = []
    for day, one in enumerate(told):
        activity, step = (one, None) if isinstance(one, str) else one
        events.append((DAY + timedelta(days=day), activity, step))
    return ForeignCase(number, events, outcome)


def read(told: ForeignCase, of: Program | None = None) -> list[Fact]:
    return [fact for _, fact in Reading(of or program()).facts_of(told)]


def state_of(told: ForeignCase) -> State:
    state = fold(Reading(program()).facts_of(told))
    assert state is not None
    return state


def source(activity: str, lifecycle: str | None = None, **said: Any) -> Source:
    return Source(activity=activity, lifecycle=lifecycle, **said)


ON_12_FEBRUARY = date(2024, 1, 13) + timedelta(days=30)


@pytest.mark.parametrize(
    ("activity", "fact", "status", "section"),
    [
        ("ack", facts.Acknowledged(), Status.IN_PROGRESS, None),
        ("note", facts.StepRecorded(), Status.RECEIVED, None),
        ("not mapped", facts.StepRecorded(), Status.RECEIVED, None),
        ("in", facts.StepRecorded(), Status.RECEIVED, None),
        ("look", facts.StepRecorded(section="medical"), Status.IN_PROGRESS, "in_progress"),
        ("open", facts.SectionOpened(section="medical"), Status.IN_PROGRESS, "in_progress"),
        ("done", facts.SectionCompleted(section="medical"), Status.IN_PROGRESS, "completed"),
        ("free", facts.SectionExempted(section="medical"), Status.IN_PROGRESS, "exempted"),
        (
            "ask",
            facts.ClientAsked(
                document=DOCUMENT, section="biometrics", stops_clock=True, due_on=ON_12_FEBRUARY
            ),
            Status.WAITING_ON_CLIENT,
            None,
        ),
        ("answer", facts.ClientAnswered(document=DOCUMENT), Status.RECEIVED, None),
        ("away", facts.Transferred(office=PARTNER, partner=True), Status.WITH_PARTNER, None),
        ("back", facts.Transferred(office=OFFICE), Status.RECEIVED, None),
        ("yes", facts.Decided(outcome=Outcome.APPROVED), Status.APPROVED, None),
        ("no", facts.Decided(outcome=Outcome.REFUSED), Status.REFUSED, None),
        ("end", facts.Decided(outcome=Outcome.CLOSED), Status.CLOSED, None),
        ("taken back", facts.Withdrawn(), Status.WITHDRAWN, None),
        ("given up", facts.Abandoned(), Status.ABANDONED, None),
        ("again", facts.Reopened(), Status.RECEIVED, None),
    ],
)
@pytest.mark.parametrize("lifecycle", [None, "complete", "COMPLETE", "autoskip", "manualskip"])
def test_what_an_activity_does_is_a_fact_and_a_state(
    activity: str, fact: Fact, status: Status, section: str | None, lifecycle: str | None
) -> None:
    told = case("in", (activity, lifecycle) if lifecycle else activity)
    [_, found] = read(told)
    assert found.source == source(activity, lifecycle)
    assert type(found) is type(fact)
    assert {**vars(found), "source": None} == vars(fact)
    state = state_of(told)
    assert state.status is status
    medical = state.sections.get("medical")
    assert (medical.status if medical else None) == (SectionStatus(section) if section else None)


def test_every_act_is_in_the_mapping_that_these_tests_read_by() -> None:
    assert {said.get("does", "step") for said in MAPPED.values()} == set(Does)


@pytest.mark.parametrize("lifecycle", ["start", "assign", "schedule", "suspend", "unknown"])
@pytest.mark.parametrize("activity", sorted(set(MAPPED) - {"in", "open"}))
def test_what_has_only_begun_has_done_nothing_yet(activity: str, lifecycle: str) -> None:
    [_, found] = read(case("in", (activity, lifecycle)))
    section = MAPPED[activity].get("section")
    assert found == facts.StepRecorded(section=section, source=source(activity, lifecycle))


def test_a_section_opens_when_the_work_on_it_begins() -> None:
    [_, found] = read(case("in", ("open", "start")))
    assert isinstance(found, facts.SectionOpened)


@pytest.mark.parametrize(
    ("outcome", "fact", "status"),
    [
        ("Granted", facts.Decided(outcome=Outcome.APPROVED), Status.APPROVED),
        ("GRANTED", facts.Decided(outcome=Outcome.APPROVED), Status.APPROVED),
        ("Refused", facts.Decided(outcome=Outcome.REFUSED), Status.REFUSED),
        ("Under review", facts.StepRecorded(), Status.RECEIVED),
        ("something else", facts.Decided(outcome=Outcome.CLOSED), Status.CLOSED),
        (None, facts.Decided(outcome=Outcome.CLOSED), Status.CLOSED),
    ],
)
def test_the_outcome_of_a_case_in_a_table_tells_how_it_was_decided(
    outcome: str | None, fact: Fact, status: Status
) -> None:
    told = case(RECEIVED, DECIDED, outcome=outcome)
    [received, decided] = read(told)
    assert received == facts.Received(program="study-permit", number="N-1", source=source(RECEIVED))
    assert decided.source == source(DECIDED, outcome=outcome)
    assert {**vars(decided), "source": None} == vars(fact)
    assert state_of(told).status is status


@pytest.mark.parametrize(
    ("told", "from_source"),
    [(["in", "open"], "in"), (["open", "in"], None), (["look"], None), ([("in", "start")], "in")],
)
def test_a_case_begins_with_its_receipt(
    told: Sequence[str | tuple[str, str]], from_source: str | None
) -> None:
    happened = Reading(program()).facts_of(case(*told))
    at, first = happened[0]
    assert isinstance(first, facts.Received)
    assert at == DAY
    assert (first.source.activity if first.source else None) == from_source
    assert len(happened) == len(told) + (from_source is None)
    assert not any(isinstance(fact, facts.Received) for _, fact in happened[1:])


def test_identical_events_are_told_apart_by_their_occurrence() -> None:
    event = (DAY, "look", None)
    other = (DAY, "look", "start")
    told = ForeignCase("N-1", [event, other, event, event, (DAY, "note", None)], None)
    found = [
        (fact.source.activity, fact.source.lifecycle, fact.source.n)
        for fact in read(told)
        if fact.source
    ]
    assert found == [
        ("look", None, 1),
        ("look", "start", 1),
        ("look", None, 2),
        ("look", None, 3),
        ("note", None, 1),
    ]


def test_the_same_events_at_other_times_are_not_identical() -> None:
    found = read(case("look", "look"))
    assert [fact.source.n for fact in found if fact.source] == [1, 1]


def test_events_are_read_by_when_they_happened_and_else_in_the_order_of_the_file() -> None:
    late, early = (DAY + timedelta(days=1), "yes", None), (DAY, "in", None)
    same = (DAY, "open", None), (DAY, "done", None)
    happened = Reading(program()).facts_of(ForeignCase("N-1", [late, early, *same], None))
    assert [fact.KIND.split(".")[1] for _, fact in happened] == [
        "received",
        "section-opened",
        "section-completed",
        "decided",
    ]


def test_the_due_date_counts_from_the_day_in_the_programs_own_zone() -> None:
    night = datetime(2024, 1, 13, 3, tzinfo=UTC)  # still the 12th in Toronto
    told = ForeignCase(
        "N-1", [(night, "ask", None), (night + timedelta(days=3), "ask", None)], None
    )
    due = [fact.due_on for fact in read(told) if isinstance(fact, facts.ClientAsked)]
    assert due == [date(2024, 2, 11), date(2024, 2, 14)]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (["in", "end", "look"], Status.IN_PROGRESS),
        (["in", "end", "ask"], Status.WAITING_ON_CLIENT),
        (["in", "end", "look", "end"], Status.CLOSED),
        (["in", "end", "note"], Status.CLOSED),
        (["in", "end", "yes"], Status.APPROVED),
        (["in", "yes", "end"], Status.APPROVED),
        (["in", "end", "taken back"], Status.WITHDRAWN),
        (["in", "taken back", "end"], Status.WITHDRAWN),
        (["in", "yes", "look"], Status.APPROVED),
        (["in", "yes", "again", "look"], Status.IN_PROGRESS),
    ],
)
def test_a_guessed_ending_gives_way_and_a_told_one_stands(told: list[str], status: Status) -> None:
    assert state_of(case(*told)).status is status


def import_(*cases: ForeignCase) -> tuple[int, int]:
    found = take_in(
        program="study-permit", cases=cases, reading=Reading(program()), by="import:study-permit"
    )
    return found.added, found.unchanged


def the_file(number: str = "N-1") -> Application:
    return Application.objects.get(source_number=number)


@pytest.mark.django_db
def test_an_outcome_that_is_told_later_takes_the_place_of_one_that_was_not() -> None:
    assert import_(case(RECEIVED, DECIDED)) == (2, 0)
    assert the_file().state.status is Status.CLOSED
    assert import_(case(RECEIVED, DECIDED, outcome="Granted")) == (1, 1)
    assert the_file().state.status is Status.APPROVED
    assert import_(case(RECEIVED, DECIDED)) == (0, 2)  # the other system forgot it again
    assert the_file().state.status is Status.APPROVED


@pytest.mark.django_db
def test_the_same_case_again_adds_nothing_and_a_shorter_one_removes_nothing() -> None:
    whole = case("in", "open", "open", "ask", "answer", "yes")
    assert import_(whole) == (6, 0)
    before = log.history(the_file().id)
    assert import_(whole) == (0, 6)
    assert import_(whole._replace(events=whole.events[:2])) == (0, 2)
    assert import_(whole) == (0, 6)
    assert log.history(the_file().id) == before


@pytest.mark.django_db
@pytest.mark.parametrize("missing", range(6))
def test_a_longer_case_adds_exactly_what_is_new_wherever_it_is_new(missing: int) -> None:
    whole = case("in", "open", "look", "ask", "answer", "yes")
    part = [event for n, event in enumerate(whole.events) if n != missing]
    import_(whole._replace(events=part))
    assert import_(whole) == (1, 5)
    history = log.history(the_file().id)
    sources = sorted((one.at, one.fact.source.activity) for one in history if one.fact.source)
    assert sources == sorted((at, activity) for at, activity, _ in whole.events)
    state = fold((one.at, one.fact) for one in history)
    assert the_file().state == state


@pytest.mark.django_db
def test_one_more_of_identical_events_is_one_more() -> None:
    event: ForeignEvent = (DAY, "look", None)
    import_(ForeignCase("N-1", [event] * 3, None))
    assert import_(ForeignCase("N-1", [event] * 5, None)) == (2, 3)
    assert [one.fact.source.n for one in log.history(the_file().id) if one.fact.source] == [
        *range(1, 6)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wall",
    [
        datetime(2023, 11, 5, 1, 30),  # noqa: DTZ001 - this hour came twice
        datetime(2023, 3, 12, 2, 30),  # noqa: DTZ001 - this hour never came
    ],
)
def test_an_event_in_the_hour_that_the_clocks_change_is_not_new_each_time(wall: datetime) -> None:
    events = [(wall + timedelta(minutes=minutes), "look", None) for minutes in (-90, 0, 20, 40, 90)]
    read = Values(now=clock.now(), time_zone=TORONTO).moment
    here = [(read(at.isoformat()), activity, step) for at, activity, step in events]
    assert import_(ForeignCase("N-1", here[:4], None)) == (4, 0)
    assert import_(ForeignCase("N-1", here, None)) == (1, 4)
    history = log.history(the_file().id)
    assert the_file().state == fold((one.at, one.fact) for one in history)


@pytest.mark.django_db
def test_two_programs_may_number_their_files_alike() -> None:
    import_(case("in", "yes"))
    other = Reading(loader.program("work-permit"))
    assert take_in(program="work-permit", cases=[case("in")], reading=other, by="import:x") == (
        1,
        0,
    )
    statuses = Application.objects.filter(source_number="N-1").order_by("program")
    assert [row.status for row in statuses] == ["approved", "received"]


@pytest.mark.django_db
def test_our_own_acts_on_a_file_stay_when_its_case_is_read_again() -> None:
    import_(case("in", "open"))
    id_ = the_file().id
    withdrawn = DAY + timedelta(days=40)
    log.append(id_, [facts.Withdrawn()], kind=SubjectKind.APPLICATION, by="user:1", at=withdrawn)
    assert import_(case("in", "open", "look")) == (1, 2)
    assert the_file().state.status is Status.WITHDRAWN
    assert len(log.history(id_)) == 4

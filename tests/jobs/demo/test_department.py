"""The generated department: the published proportions, and files that live by the house's rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

import pytest

from parvis.casework.applications import facts, policies
from parvis.casework.applications.models import Application
from parvis.casework.applications.state import State, fold, standing
from parvis.casework.applications.status import MOVES
from parvis.casework.events import log
from parvis.casework.events.log import Recorded
from parvis.casework.people.models import Client
from parvis.jobs.demo import census, published
from parvis.jobs.demo.assumed import HABITS
from parvis.jobs.demo.census import COUNTED_AT, Count
from parvis.jobs.demo.department import fill
from parvis.jobs.demo.people import PEOPLE
from parvis.jobs.demo.proportions import inventories, line_shares
from parvis.jobs.demo.stories import STORIES
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.programs.vocabulary import AnsweredBy, Outcome, SectionStatus, Status
from parvis.readers.standards.counting import count
from tests.department import SCALE, in_department
from tests.filing import RECEIVED as NOW

FEW = 0.0001


@pytest.fixture
def _department(db: None) -> Iterator[None]:
    with in_department(now=NOW, scale=SCALE, then=count):
        yield


@pytest.fixture
def _few(db: None) -> Iterator[None]:
    with in_department(now=NOW, scale=FEW, then=count):
        yield


def generated() -> list[Application]:
    """Return the files that are not told as stories, oldest first."""
    return list(Application.objects.order_by("id")[len(STORIES) :])


@pytest.mark.usefixtures("_department")
def test_what_waited_is_in_the_published_proportions_and_as_much_within_standards() -> None:
    counts = census.count()
    for code, size in inventories().items():
        assert sum(counts[code]) == pytest.approx(size * SCALE, abs=3), code
    whole = census.total(counts)
    assert sum(whole) == pytest.approx(published.INVENTORY * SCALE, abs=3)
    assert whole.share == pytest.approx(0.5746, abs=0.001)
    for line, published_percent in (("temporary", 53), ("permanent", 56), ("citizenship", 80)):
        of_line = census.total({c: n for c, n in counts.items() if HABITS[c].line == line})
        assert of_line.share is not None
        assert of_line.share * 100 == pytest.approx(published_percent, abs=1), line
    # What has no standard is neither within nor late.
    unmeasured = counts.pop("parents-grandparents")
    assert (unmeasured.within, unmeasured.late) == (0, 0)
    assert {count.unmeasured for count in counts.values()} == {0}


def test_the_shares_of_the_lines_round_to_the_published_ones_and_add_up_to_the_whole() -> None:
    shares = line_shares()
    assert round(shares["temporary"] * 100) == 53
    assert round(shares["permanent"] * 100) == 56
    assert shares["citizenship"] == 216_700 / 269_700
    sizes = {
        code: size for code, size in inventories().items() if loader.program(code).service_standard
    }
    within = sum(size * shares[HABITS[code].line] for code, size in sizes.items())
    assert within / sum(sizes.values()) == pytest.approx(0.5746, abs=0.00005)


@pytest.mark.usefixtures("_few")
def test_every_step_of_every_file_is_one_that_the_house_would_have_allowed() -> None:
    rows = generated()
    assert len(rows) > 1_000
    seen = Counter[type]()
    for id_, recorded in worked_on(rows):
        program = loader.program(Application.objects.get(id=id_).program)
        state = fold((x.at, x.fact) for x in recorded[:1])
        for nth, one in enumerate(recorded[1:], 1):
            assert one.at >= recorded[nth - 1].at
            state = check_lawful(state, recorded[: nth + 1], program)
        seen.update(type(one.fact) for one in recorded)
    assert seen.keys() == {
        *(facts.Received, facts.Acknowledged, facts.SectionOpened, facts.SectionCompleted),
        *(facts.SectionExempted, facts.ClientAsked, facts.ClientAnswered, facts.Transferred),
        *(facts.Decided, facts.Withdrawn, facts.Abandoned, facts.Reopened),
    }


def worked_on(rows: Sequence[Application]) -> Iterator[tuple[int, list[Recorded]]]:
    """Yield what people did on these files; that a date was given is the house's own doing."""
    for id_, recorded in log.histories([row.id for row in rows]):
        yield id_, [one for one in recorded if not isinstance(one.fact, facts.DateGiven)]


@pytest.mark.usefixtures("_department")
def test_clients_were_told_dates_to_come_while_their_files_were_open() -> None:
    told = 0
    for _, recorded in log.histories([row.id for row in generated()]):
        # Where work began again, the wait is told of as one: when it was interrupted is forgotten.
        if any(isinstance(one.fact, facts.Reopened) for one in recorded):
            continue
        for one in recorded:
            if not isinstance(one.fact, facts.DateGiven):
                continue
            then = fold((x.at, x.fact) for x in recorded if x.at < one.at)
            assert then is not None
            assert then.closed_at is None
            on = one.at.astimezone(census.ZONE).date()
            assert on <= one.fact.half_on <= one.fact.most_on
            assert list(one.fact.dots) == sorted(one.fact.dots)
            told += 1
    assert told > 100


def check_lawful(state: State | None, so_far: list[Recorded], program: Program) -> State:  # noqa: C901 - one for each act
    """Ask the policy of the act that is behind the last fact; return the state after it."""
    assert state is not None
    one = so_far[-1]
    match one.fact:
        case facts.Acknowledged():
            policies.check_can_acknowledge(state)
        case facts.SectionOpened(section=section):
            policies.check_can_turn_section(state, program, section, SectionStatus.IN_PROGRESS)
        case facts.SectionCompleted(section=section):
            policies.check_can_turn_section(state, program, section, SectionStatus.COMPLETED)
        case facts.SectionExempted(section=section):
            policies.check_can_turn_section(state, program, section, SectionStatus.EXEMPTED)
        case facts.ClientAsked(document=document, section=section, stops_clock=stops, due_on=due):
            policies.check_can_ask(state, program, document, section)
            assert stops is program.documents[document].stops_clock
            asked_on = one.at.astimezone(program.time_zone).date()
            assert due is not None
            assert (due - asked_on).days == program.documents[document].days_to_answer
        case facts.ClientAnswered(document=document, done_on=done_on):
            policies.check_can_answer(state, document)
            visit = program.documents[document].answered_by is AnsweredBy.VISIT
            assert done_on == (one.at.astimezone(program.time_zone).date() if visit else None)
        case facts.Transferred(office=office, partner=partner):
            policies.check_can_transfer(state, program, office)
            assert partner is program.offices[office].partner
        case facts.Decided(outcome=outcome):
            policies.check_can_decide(state, outcome)
        case facts.Withdrawn():
            policies.check_can_move(state, Status.WITHDRAWN)
        case facts.Abandoned():
            policies.check_can_move(state, Status.ABANDONED)
        case facts.Reopened():
            policies.check_can_reopen(state)
        case other:
            pytest.fail(f"no act of ours says {other}")
    after = fold((x.at, x.fact) for x in so_far)
    assert after is not None
    assert after.status is state.status or after.status in MOVES[state.status]
    return after


@pytest.mark.usefixtures("_few")
def test_work_is_done_in_office_hours_and_none_of_it_in_the_future() -> None:
    moments = [
        one.at.astimezone(census.ZONE) for _, recorded in worked_on(generated()) for one in recorded
    ]
    assert max(moments) <= NOW
    assert (max(moments).year, max(moments).month) == (2024, 1)
    assert {at.weekday() for at in moments} == {0, 1, 2, 3, 4}
    assert all(time(8) <= at.time() < time(17) for at in moments)


@pytest.mark.usefixtures("_department")
def test_some_generated_files_are_in_every_kind_of_trouble() -> None:
    rows = generated()
    states = [row.state for row in rows]
    days = {code: one.dormant_after_days for code, one in loader.all_programs().items()}
    assert {standing(state, days[state.program], NOW) for state in states} == (
        set(Status) - {Status.CLOSED}
    )
    open_requests = [r for state in states for r in state.requests if r.is_open]
    assert any(r.due_on and r.due_on < NOW.date() for r in open_requests)
    assert any(r.due_on and r.due_on >= NOW.date() for r in open_requests)
    assert any(state.stopped_at for state in states)
    outcomes = Counter(
        one.fact.outcome
        for _, recorded in log.histories([row.id for row in rows])
        for one in recorded
        if isinstance(one.fact, facts.Decided)
    )
    assert outcomes[Outcome.APPROVED] > outcomes[Outcome.REFUSED] > 0


@pytest.mark.usefixtures("_department")
def test_intake_is_steady_over_the_two_years_and_decisions_go_on_to_the_last_day() -> None:
    received = Counter((r.received_at.year, r.received_at.month) for r in generated())
    whole = [received[year, month] for year in (2022, 2023) for month in range(1, 13)]
    mean = sum(whole) / len(whole)
    assert all(0.75 * mean < count < 1.25 * mean for count in whole)
    closed = [row.closed_at for row in generated() if row.closed_at]
    assert (NOW - max(closed)).days < 2
    assert (COUNTED_AT - min(closed)).days <= 730


@pytest.mark.usefixtures("_few")
def test_clients_have_plainly_invented_names_in_both_languages() -> None:
    clients = list(Client.objects.order_by("id")[len(PEOPLE) :])
    last = {"en": {"Example", "Sample", "Specimen", "Placeholder", "Fictional"}}
    last["fr"] = {"Exemple", "Modèle", "Spécimen", "Fictif", "Factice"}
    for client in clients:
        _, word, number = client.name.split()
        assert word in last[client.language]
        assert number.isdigit()
    french = sum(client.language == "fr" for client in clients) / len(clients)
    assert french == pytest.approx(0.2, abs=0.05)
    assert {row.client_id for row in generated()} == {client.id for client in clients}


@pytest.mark.django_db
def test_a_department_of_an_earlier_clock_has_seen_no_more_than_that() -> None:
    early = datetime(2023, 6, 1, 15, tzinfo=UTC)
    fill(now=early, scale=FEW)
    assert max(row.last_fact_at for row in generated()) <= early


@pytest.mark.django_db
def test_a_department_too_small_for_a_file_is_its_stories() -> None:
    made = fill(now=NOW, scale=1e-9)
    assert made is not None
    assert made.files == len(STORIES)


@pytest.mark.django_db
def test_what_was_there_takes_the_place_of_generated_files() -> None:
    fill(now=NOW)
    stories = census.total(census.count())
    assert stories.within
    assert stories.late
    assert stories.unmeasured
    assert Count().share is None

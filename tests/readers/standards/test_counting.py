"""What is counted is what the log says: only changes are looked into, and any day can be asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.casework.applications import services
from parvis.jobs.demo import census
from parvis.programs import loader
from parvis.programs.schema import Standard
from parvis.readers.standards import counting
from parvis.readers.standards.behind import Behind, Figure, Kind, all_behind, files_behind
from parvis.readers.standards.counting import Counted, count
from parvis.readers.standards.models import Reading, Spell, Total
from parvis.readers.standards.standing import (
    NO_FILES,
    NOT_COUNTED,
    Decided,
    NotTold,
    Standing,
    Survey,
    Waiting,
    survey,
)
from tests.department import SCALE, in_department
from tests.filing import RECEIVED, REFUSE, filed

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 12, tzinfo=RECEIVED.tzinfo)
TODAY = date(2024, 6, 1)
APPROVE = ("decide", {"outcome": "approved"})


def on(day: date, **what: str) -> Survey:
    return survey(day, now=NOW, **what)  # type: ignore[arg-type]


def rows() -> set[tuple[object, ...]]:
    names = [field.name for field in Spell._meta.fields if field.name != "pk"]  # noqa: SLF001
    return set(Spell.objects.values_list(*names))


def test_only_files_that_changed_are_laid_out_anew() -> None:
    first, second = filed(), filed()
    assert count(NOW) == Counted(2, 2)
    assert count(NOW) == Counted(2, 0)
    services.acknowledge(application=first, by="test", at=RECEIVED + timedelta(days=3))
    assert count(NOW) == Counted(2, 1)
    before = rows()
    assert count(NOW, all_anew=True) == Counted(2, 2)
    assert rows() == before
    assert {file for file, *_ in before} == {first.id, second.id}


def test_both_measures_of_a_few_files_and_their_splits() -> None:
    filed(REFUSE, office="visa-office-paris")
    filed(office="visa-office-paris")
    filed(program="parents-grandparents")
    filed(("withdraw", {}))
    count(NOW)
    then = on(date(2024, 1, 13))
    assert then.whole == Standing(Waiting(1, 1, 0, 1), Decided(1, 1, 0, 0))
    assert (then.whole.waiting.share, then.whole.decided.share) == (1.0, 1.0)
    assert then.programs["parents-grandparents"] == Standing(
        Waiting(0, 0, 0, 1), Decided(0, 0, 0, 0)
    )
    assert then.programs["parents-grandparents"].waiting.share is None
    assert then.offices.keys() == {"", "visa-office-paris"}
    assert then.since == date(2023, 12, 14)
    paris = on(TODAY, office="visa-office-paris", program="study-permit").whole
    assert paris == Standing(Waiting(1, 0, 1, 0), Decided(0, 0, 0, 0))
    assert on(TODAY, office="visa-office-paris", program="work-permit").whole.waiting.files == 0
    january = then.months[-1]
    assert (january.first, january.last) == (date(2024, 1, 1), date(2024, 1, 13))
    assert january.standing.decided.count == 1
    assert len(then.months) == 1
    assert len(on(TODAY).months) == 6


def test_what_was_learned_later_is_counted_on_the_day_it_happened() -> None:
    file = filed()
    count(NOW)
    assert on(date(2024, 2, 1)).whole.waiting.files == 1
    services.withdraw(application=file, by="test", at=RECEIVED + timedelta(days=2))
    count(NOW)
    assert on(date(2024, 2, 1)).whole.waiting.files == 0
    assert on(date(2024, 1, 13)).whole.waiting.files == 1


def test_a_decision_taken_again_after_reopening_counts_on_each_of_its_days() -> None:
    filed(APPROVE, ("reopen", {}), REFUSE)
    count(NOW)
    assert on(date(2024, 1, 31)).whole.decided.count == 2
    figure = Figure(kind=Kind.DECIDED, on=date(2024, 1, 31), since=date(2024, 1, 1))
    found = files_behind(figure, most=50)
    assert [one.decided_on for one in found] == [date(2024, 1, 13), date(2024, 1, 15)]
    assert len({one.number for one in found}) == 1


@pytest.fixture
def _department(db: None) -> Iterator[None]:
    with in_department(now=RECEIVED, scale=SCALE, then=count):
        yield


KINDS = {
    Kind.WAITING: lambda one: one.waiting.files,
    Kind.INVENTORY: lambda one: one.waiting.inventory,
    Kind.WITHIN: lambda one: one.waiting.within,
    Kind.LATE: lambda one: one.waiting.late,
    Kind.WITHOUT_STANDARD: lambda one: one.waiting.without_standard,
    Kind.DECIDED: lambda one: one.decided.count,
    Kind.DECIDED_WITHIN: lambda one: one.decided.within,
    Kind.DECIDED_LATE: lambda one: one.decided.late,
    Kind.DECIDED_WITHOUT_STANDARD: lambda one: one.decided.without_standard,
}


@pytest.mark.usefixtures("_department")
def test_a_department_is_counted_as_file_by_file_and_every_figure_opens_to_its_files() -> None:
    found = on(census.COUNTED_ON)
    by_file = census.count()
    assert found.whole.waiting.share == pytest.approx(0.5746, abs=0.001)
    for code, one in by_file.items():
        waiting = found.programs[code].waiting
        assert (waiting.within, waiting.late, waiting.without_standard) == one, code
    assert KINDS.keys() == set(Kind)
    for kind, number in KINDS.items():
        whole = Figure(kind=kind, on=found.on, since=found.since)
        assert len(list(all_behind(whole, batch=100))) == number(found.whole), kind
        for program, standing in found.programs.items():
            part = Figure(kind=kind, on=found.on, since=found.since, program=program)
            assert len(list(all_behind(part))) == number(standing), (kind, program)
        for office, standing in found.offices.items():
            part = Figure(kind=kind, on=found.on, since=found.since, office=office)
            assert len(list(all_behind(part))) == number(standing), (kind, office)


@pytest.mark.usefixtures("_department")
def test_pages_of_files_go_on_where_the_last_ended_and_name_each_once() -> None:
    figure = Figure(kind=Kind.LATE, on=census.COUNTED_ON, since=census.COUNTED_ON)
    whole = files_behind(figure, most=10_000)
    after, found = (0, -1), list[Behind]()
    while page := files_behind(figure, most=50, after=after):
        found += page
        after = page[-1].file, page[-1].nth
    assert found == whole
    assert len({one.number for one in found}) == len(found) > 100


@pytest.mark.usefixtures("_department")
def test_every_split_of_a_day_takes_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        found = on(census.COUNTED_ON)
    for parts in (found.programs, found.offices):
        assert sum(one.waiting.files for one in parts.values()) == found.whole.waiting.files
        assert sum(one.decided.late for one in parts.values()) == found.whole.decided.late


def test_another_standard_has_its_program_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    filed()
    filed(program="work-permit")
    count(NOW)
    programs = loader.all_programs()
    strict = programs["study-permit"].model_copy(
        update={"service_standard": {date(2000, 1, 1): Standard(days=1, target=0.8, source="x")}}
    )
    monkeypatch.setattr(loader, "all_programs", lambda: programs | {"study-permit": strict})
    assert count(NOW) == Counted(2, 1)
    assert on(date(2024, 1, 14)).programs["study-permit"].waiting.late == 1
    assert count(NOW) == Counted(2, 0)


def test_a_counting_that_broke_off_goes_on_and_tells_nothing_new_until_it_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(5):
        filed()
    count(NOW)
    for _ in range(5):
        filed()
    monkeypatch.setattr(counting, "_BATCH", 2)
    looked_at = list[int]()

    def breaks(_: int, anew: int) -> None:
        looked_at.append(anew)
        if anew == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count(NOW + timedelta(hours=1), progress=breaks)
    assert on(TODAY).whole.waiting.files == 5
    assert on(TODAY).read_at == NOW
    assert Reading.objects.get().totals_due
    assert count(NOW + timedelta(hours=2)) == Counted(10, 1)
    assert on(TODAY).whole.waiting.files == 10
    assert on(TODAY).read_at == NOW + timedelta(hours=2)


def test_totals_are_made_once_for_what_changed() -> None:
    filed()
    count(NOW)
    Total.objects.update(opened=7)
    count(NOW)
    assert set(Total.objects.values_list("opened", flat=True)) == {7}
    count(NOW, all_anew=True)
    assert set(Total.objects.values_list("opened", flat=True)) == {1}


def test_days_without_figures_are_refused_with_the_reason() -> None:
    def why(day: date) -> str:
        with pytest.raises(NotTold) as refused:
            on(day)
        return refused.value.reason.en

    assert why(TODAY) == NOT_COUNTED.en
    count(NOW)
    assert why(TODAY) == NO_FILES.en
    filed()
    count(NOW)
    assert why(date(2024, 1, 11)) == (
        "No application had come by then. The first came on 12 January 2024."
    )
    assert why(date(1, 1, 1)) == why(date(2024, 1, 11))
    assert why(date(2024, 6, 2)).startswith("2 June 2024 is still to come.")
    assert on(date(2024, 1, 12)).whole.waiting.files == 1

"""What the generated department is drawn with: lengths, office hours, courses, and one seed."""

from datetime import UTC, date, datetime
from itertools import pairwise

import numpy as np
import pytest

from parvis.casework.applications import facts
from parvis.jobs.demo.assumed import HABITS
from parvis.jobs.demo.census import COUNTED_AT, ZONE
from parvis.jobs.demo.courses import COURSES, courses
from parvis.jobs.demo.drawing import NotDrawn, Wanted, draw
from parvis.jobs.demo.generating import LAST_DAY
from parvis.jobs.demo.hours import OfficeHours
from parvis.jobs.demo.lengths import Lengths, lengths_for
from parvis.jobs.demo.timing import Timed, standing
from parvis.programs import loader
from parvis.programs.schema import Standard
from parvis.programs.vocabulary import Outcome

HOURS = OfficeHours(date(2005, 1, 3), LAST_DAY, ZONE)


def test_four_files_in_five_are_decided_within_the_usual_time() -> None:
    lengths = Lengths(usual=150, slowest=900)
    days = np.sort(lengths.at((np.arange(1_000) + 0.5) / 1_000))
    assert days[799] == pytest.approx(150, rel=0.01)
    assert days[0] > 0
    assert days[-1] == pytest.approx(900, rel=0.01)
    assert (np.diff(days) >= 0).all()


@pytest.mark.parametrize(("usual", "standard", "within"), [(152, 183, 0.56), (365, 365, 0.803)])
def test_the_tail_is_as_long_as_the_share_within_the_standard_asks(
    usual: float, standard: float, within: float
) -> None:
    lengths = lengths_for(usual=usual, standard=standard, within=within, stopped=0)
    days = lengths.at(np.random.default_rng(1).random(400_000))
    # A file waits on any day with the chance of its length.
    assert np.minimum(days, standard).sum() / days.sum() == pytest.approx(within, abs=0.005)


def test_the_office_opens_at_eight_whatever_the_season_and_not_on_weekends_and_holidays() -> None:
    friday = HOURS.number_of(datetime(2023, 3, 10, 9, tzinfo=ZONE))
    monday, christmas = HOURS.moments(np.array([friday + 1, friday + 1 + 206])).tolist()
    # Clocks went forward in between.
    assert datetime.fromtimestamp(monday, ZONE) == datetime(2023, 3, 13, 9, tzinfo=ZONE)
    assert datetime.fromtimestamp(monday, UTC).hour == 13
    assert datetime.fromtimestamp(christmas, ZONE).date() == date(2023, 12, 28)
    night = HOURS.number_of(datetime(2023, 3, 10, 23, tzinfo=ZONE))
    assert night == HOURS.number_of(datetime(2023, 3, 13, 8, tzinfo=ZONE))
    [end] = HOURS.moments(np.array([1e9])).tolist()
    assert datetime.fromtimestamp(end + 1, ZONE) == datetime(2024, 1, 12, 17, tzinfo=ZONE)


@pytest.mark.parametrize("code", HABITS)
def test_of_a_hundred_courses_as_many_end_each_way_as_is_assumed(code: str) -> None:
    program, habits = loader.program(code), HABITS[code]
    drawn = courses(program, habits, np.random.default_rng(7))
    assert len(drawn) == COURSES
    firsts = [[step.fact for step in course.steps] for course in drawn]
    assert sum(isinstance(steps[-1], facts.Withdrawn) for steps in firsts) == habits.withdrawn
    assert sum(isinstance(steps[-1], facts.Abandoned) for steps in firsts) == habits.abandoned
    refused = facts.Decided(outcome=Outcome.REFUSED)
    assert sum(refused in steps for steps in firsts) == habits.refused
    assert sum(facts.Reopened() in steps for steps in firsts) == habits.reopened
    opened = [
        [fact.section for fact in steps if isinstance(fact, facts.SectionOpened)]
        for steps in firsts
        if facts.Reopened() not in steps
    ]
    order = list(program.sections)
    assert all(order.index(a) < order.index(b) for some in opened for a, b in pairwise(some))


def test_one_seed_draws_one_department_and_another_another() -> None:
    program, habits = loader.program("express-entry-cec"), HABITS["express-entry-cec"]
    wanted = Wanted(within=39, late=31, share=0.56)
    one, same, other = (
        draw(program, habits, wanted, hours=HOURS, rng=np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )
    assert all((a.moments == b.moments).all() for a, b in zip(one, same, strict=True))
    assert sum(len(a.moments) for a in one) != sum(len(b.moments) for b in other)
    standard = next(iter(program.service_standard.values()))
    for drawn in (one, other):
        stands = [
            standing(group.course, Timed(group.moments, group.moments[:, 0]), standard, COUNTED_AT)
            for group in drawn
        ]
        assert sum(int(found.waiting.sum()) for found in stands) == 70


def test_a_month_after_the_31st_is_the_last_of_february() -> None:
    course = courses(
        loader.program("visitor-visa"), HABITS["visitor-visa"], np.random.default_rng(1)
    )[0]
    received = int(datetime(2023, 1, 31, 9, tzinfo=UTC).timestamp())
    moments = np.full((1, len(course.steps) + 1), received + 10**9)
    moments[0, 0] = received
    files = Timed(moments, np.array([received]))
    standard = Standard(months=1, target=0.8, source="made up")
    for day, within in ((28, True), (29, False)):
        at = (
            datetime(2023, 2, 28, 23, tzinfo=UTC) if day == 28 else datetime(2023, 3, 1, tzinfo=UTC)
        )
        assert standing(course, files, standard, at).within.tolist() == [within]


def test_what_no_steady_department_has_is_refused() -> None:
    program, habits = loader.program("parents-grandparents"), HABITS["parents-grandparents"]
    with pytest.raises(NotDrawn, match="parents-grandparents cannot have"):
        draw(
            program,
            habits,
            Wanted(within=5, late=5, share=None),
            hours=HOURS,
            rng=np.random.default_rng(1),
        )

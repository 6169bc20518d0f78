"""The picture of twenty dots: all on the axis, equal ones stacked, its marks in both languages."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from parvis.lib.durations import Duration, Unit, duration
from parvis.lib.text import Text
from parvis.readers.tracker.dots import Dotplot, dotplot

lengths = st.lists(st.integers(0, 4000), min_size=20, max_size=20)
standards = st.none() | st.builds(
    duration, st.integers(1, 120), st.sampled_from([Unit.DAY, Unit.MONTH])
)


@given(lengths, standards, st.none() | st.integers(0, 5000))
def test_whatever_the_lengths_the_picture_holds(
    days: list[int], standard: Duration | None, today: int | None
) -> None:
    picture = dotplot(days, standard=standard, today=today)
    assert [dot.days for dot in picture.dots] == sorted(days)
    assert all(0 < dot.x < 100 and dot.days <= picture.days for dot in picture.dots)
    # No two in one place, and no place in a column is left empty.
    places = {(dot.x, dot.level) for dot in picture.dots}
    assert len(places) == 20
    assert all(level == 0 or (x, level - 1) in places for x, level in places)
    assert picture.levels == 1 + max(dot.level for dot in picture.dots)
    # A dot stands within its column: no more than half of it from where its length is.
    assert all(abs(dot.x - 100 * dot.days / picture.days) < 3 for dot in picture.dots)
    for one, other in pairwise(picture.dots):
        assert one.x <= other.x
        assert one.days != other.days or one.x == other.x
    for mark in (picture.standard, picture.today):
        assert mark is None or 0 <= mark.x <= 100
        assert mark is None or mark.beyond is (mark.days > picture.days + 1) or mark.x > 99
    assert (picture.standard is None, picture.today is None) == (standard is None, today is None)


@given(lengths)
def test_ticks_are_few_even_and_from_end_to_end(days: list[int]) -> None:
    ticks = dotplot(days).ticks
    assert 2 <= len(ticks) <= 7
    assert (ticks[0].x, ticks[0].number, ticks[-1].x) == (0, 0, 100)
    steps = {round(other.x - one.x, 6) for one, other in pairwise(ticks)}
    assert len(steps) == 1


def picture(longest: int, **marks: int) -> Dotplot:
    return dotplot([longest] * 20, **marks)


def test_the_axis_counts_in_the_unit_people_use() -> None:
    for longest, unit in ((40, "days"), (120, "weeks"), (400, "months"), (2500, "years")):
        assert picture(longest).unit.en == unit
    assert [tick.text for tick in picture(45).ticks][::5] == [
        Text(en="0 days", fr="0 jour"),
        Text(en="50 days", fr="50 jours"),
    ]
    assert [tick.number for tick in picture(120).ticks] == [0, 4, 8, 12, 16, 20]


def test_twenty_equal_lengths_are_one_column() -> None:
    told = picture(30)
    assert (told.levels, len({dot.x for dot in told.dots})) == (20, 1)


def test_a_mark_far_away_stands_at_the_edge_and_says_so() -> None:
    near, far = picture(30, today=60), picture(30, today=61)
    assert near.today is not None
    assert far.today is not None
    assert (near.today.beyond, far.today.beyond) == (False, True)
    assert (far.today.x, far.today.days, far.days) == (100, 61, 30)


def test_marks_say_what_they_are_in_both_languages() -> None:
    told = dotplot([100] * 20, standard=duration(6, Unit.MONTH), today=46)
    assert told.standard is not None
    assert told.today is not None
    assert (told.standard.days, told.standard.beyond) == (183, False)
    assert told.standard.text == Text(
        en="Service standard: 6 months", fr="Norme de service\N{NO-BREAK SPACE}: 6 mois"
    )
    assert told.today.text == Text(
        en="Yours today: 46 days", fr="La vôtre aujourd’hui\N{NO-BREAK SPACE}: 46 jours"
    )


def test_the_table_tells_of_the_same_dots() -> None:
    rows = dotplot(list(range(1, 21))).rows
    assert [(row.dots, row.days) for row in rows] == [(5, 5), (10, 10), (16, 16), (19, 19)]
    assert rows[0].text == Text(en="5 days", fr="5 jours")

"""No office of few files can be told from what everybody is told, nor worked out of it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.readers.standards.discreet import FEWEST, OTHERS, for_everybody, of_one_office
from parvis.readers.standards.standing import Decided, NotTold, Standing, Survey, Waiting

COUNTS = st.integers(0, 8)
PARTS = st.builds(
    Standing,
    st.builds(Waiting, COUNTS, COUNTS, COUNTS, COUNTS),
    st.builds(Decided, COUNTS, COUNTS, COUNTS, COUNTS),
)
OFFICES = st.dictionaries(st.sampled_from(["", *"abcdefgh"]), PARTS)


def survey(offices: dict[str, Standing]) -> Survey:
    whole = Standing(Waiting(0, 0, 0, 0), Decided(0, 0, 0, 0))
    day = date(2024, 1, 12)
    read_at = datetime(2024, 1, 12, tzinfo=UTC)
    return Survey(day, day, read_at, whole, {}, offices, ())


def files(one: Standing) -> tuple[int, int]:
    return one.waiting.files, one.decided.files


@given(OFFICES)
def test_every_office_told_apart_has_enough_files_and_all_are_in_the_sum(
    offices: dict[str, Standing],
) -> None:
    told = for_everybody(survey(offices)).offices
    for code, one in told.items():
        enough = all(count == 0 or count >= FEWEST for count in files(one))
        # Where all offices together have too few, there is nobody else to hide among.
        assert enough or (code == OTHERS and len(told) == 1)
    for which in (0, 1):
        assert sum(files(one)[which] for one in told.values()) == sum(
            files(one)[which] for one in offices.values()
        )
    if OTHERS in told:
        assert len(told) <= len(offices)


@given(OFFICES)
def test_an_office_is_told_alone_exactly_where_it_is_told_apart(
    offices: dict[str, Standing],
) -> None:
    told = for_everybody(survey(offices)).offices
    for office, one in offices.items():
        if office in told:
            alone = of_one_office(survey(offices), office)
            assert (alone.whole, alone.months, alone.programs) == (one, (), {})
        else:
            with pytest.raises(NotTold):
                of_one_office(survey(offices), office)

"""Who comes next: the oldest promise, a head start that starves nobody, what an agent can do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parvis.engines.queueing.order import Answerer, Waiting, next_of, order, rank, suits

BEGAN = datetime(2024, 1, 12, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
LINES = {"general": 0 * HOUR, "parliamentary": 8 * HOUR, "afghanistan": 24 * HOUR}
ADA = Answerer(frozenset(LINES), frozenset({"en", "fr"}), frozenset({"crisis"}))


def waiting(
    id_: int,
    line: str = "general",
    *,
    after: timedelta = timedelta(),
    language: str | None = "en",
    skills: frozenset[str] = frozenset(),
) -> Waiting:
    return Waiting(id_, line, BEGAN + after, LINES[line], language, skills)


def test_the_oldest_promise_comes_first_and_of_two_alike_the_first_that_came() -> None:
    those = [waiting(3, after=HOUR), waiting(2), waiting(1)]
    assert [one.id for one in order(those, ADA)] == [1, 2, 3]
    assert next_of([], ADA) is None


def test_a_line_with_priority_is_ahead_by_its_head_start_and_no_more() -> None:
    old, crisis = waiting(1), waiting(2, "afghanistan", after=23 * HOUR)
    assert next_of([old, crisis], ADA) == crisis
    assert next_of([old, waiting(2, "afghanistan", after=25 * HOUR)], ADA) == old


def test_nobody_is_given_what_they_cannot_answer() -> None:
    for one in (
        waiting(1, language="uk"),
        waiting(1, skills=frozenset({"parliament"})),
    ):
        assert not suits(ADA, one)
    assert not suits(Answerer(frozenset({"general"}), ADA.languages), waiting(1, "afghanistan"))
    assert suits(ADA, waiting(1, language=None, skills=frozenset({"crisis"})))


_ANY = st.builds(
    waiting,
    st.integers(1, 10**6),
    st.sampled_from(sorted(LINES)),
    after=st.timedeltas(-100 * HOUR, 100 * HOUR),
    language=st.sampled_from(["en", "fr", "uk", None]),
    skills=st.frozensets(st.sampled_from(["crisis", "parliament"])),
)


@given(st.lists(_ANY, max_size=30, unique_by=lambda one: one.id))
def test_the_order_is_one_and_its_first_is_next(those: list[Waiting]) -> None:
    found = order(those, ADA)
    assert found == order(reversed(those), ADA)
    assert next_of(those, ADA) == (found[0] if found else None)
    assert {one.id for one in found} == {one.id for one in those if suits(ADA, one)}
    ranks = [rank(one.promised_at, one.head_start) for one in found]
    assert ranks == sorted(ranks)


@given(st.lists(_ANY, max_size=30), st.sampled_from(sorted(LINES)))
def test_whoever_was_promised_longer_ago_than_any_head_start_comes_before_what_is_new(
    those: list[Waiting], line: str
) -> None:
    """However much comes on lines with priority, so long a wait overtakes all of it."""
    old = waiting(0, line, after=min((one.promised_at - BEGAN for one in those), default=0 * HOUR))
    old = waiting(0, line, after=old.promised_at - BEGAN - max(LINES.values()) - HOUR)
    assert next_of([*those, old], ADA) == old

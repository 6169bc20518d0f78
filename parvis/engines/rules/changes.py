"""What would change a result: the smallest changes of answers that do, found by asking again.

Which answers a person can change, and how far, is said with the answers; what comes of it only the
rules say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from parvis.engines.rules.answers import Asked
from parvis.engines.rules.kinds import WHOLE, Kind, Sort, Value, written
from parvis.engines.rules.placeholders import placeholders, put_in
from parvis.engines.rules.rules import Answers, Rules, Values, Way
from parvis.engines.rules.tables import Table
from parvis.lib.text import Text

_MOST_TOGETHER = 3
"""More changes at once are another life, not a change."""
_STEPS = 400
"""Steps of one way that are tried at most: a number in months over thirty years."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one answer, or of a few that go together."""

    way: Way
    to: Value
    more: int | Decimal | None
    """By how much it goes up, of a number."""
    answers: tuple[tuple[str, Value], ...]
    """What is answered after it."""
    says: Text


@dataclass(frozen=True, slots=True)
class Change:
    """The steps that together alter the result, and what it is then."""

    steps: tuple[Step, ...]
    gain: int | None
    """Points; None where it is about whether something is met."""
    after: Value


def changes(asked: Asked) -> tuple[Change, ...]:
    """Return what would change the result for the better, the greatest gain first.

    Of each way only steps that give more than every smaller one. Where the result is met or not
    and no single change makes it met, the fewest that do together.
    """
    search = _Search(asked.rules, asked.answers, asked.on)
    if search.before is True:
        return ()
    ladders = [ladder for way in asked.rules.ways if (ladder := search.ladder(way))]
    if isinstance(search.before, int) and not isinstance(search.before, bool):
        found = [change for ladder in ladders for change in search.gains(ladder)]
        return tuple(sorted(found, key=lambda change: -(change.gain or 0)))
    for together in range(1, _MOST_TOGETHER + 1):
        tried = combinations(ladders, together)
        if met := [change for some in tried if (change := search.fewest(some))]:
            return tuple(met)
    return ()


class _Search:
    """The rules asked again and again, each time with some answers changed."""

    def __init__(self, rules: Rules, answers: Answers, on: date) -> None:
        self._rules, self._answers, self._on = rules, answers, on
        self._now = rules.work_out(answers, on)
        self.before = self._now.of[rules.answer]

    def ladder(self, way: Way) -> list[Step]:
        """Return the steps of a way, the smallest first; none where it is not open."""
        of = self._now.of
        given = [of[name] is not None for name in way.writes]
        if (way.when_given and not all(given)) or (way.unless and of.get(way.unless) is not None):
            return []
        now = [of[name] for name in way.reads]
        return [self._step(way, now, to) for to in _targets(way, now, self._rules)]

    def gains(self, ladder: Sequence[Step]) -> Iterator[Change]:
        """Yield each step that gives more points than every smaller one."""
        assert isinstance(self.before, int)  # noqa: S101 - for the reader; it was looked at
        most = 0
        for step in ladder:
            after = self._after([step])
            if isinstance(after, int) and after - self.before > most:
                most = after - self.before
                yield Change((step,), most, after)

    def fewest(self, ladders: Sequence[list[Step]]) -> Change | None:
        """Return the smallest steps, one of each way, that make it met together; None if none."""
        chosen = self._largest(ladders)
        if chosen is None:
            return None
        for place, ladder in enumerate(ladders):
            for step in ladder:
                tried = [*chosen[:place], step, *chosen[place + 1 :]]
                if self._after(tried) is True:
                    chosen = tried
                    break
        return Change(tuple(chosen), None, True)

    def _largest(self, ladders: Sequence[list[Step]]) -> list[Step] | None:
        """Return steps that make it met: the last of each way, or any of a way with no order."""
        free = [ladder for ladder in ladders if not ladder[0].way.only_up]
        chosen = [ladder[-1] for ladder in ladders]
        if self._after(chosen) is True:
            return chosen
        for ladder in free:
            place = [one[0].way.name for one in ladders].index(ladder[0].way.name)
            for step in ladder[:-1]:
                tried = [*chosen[:place], step, *chosen[place + 1 :]]
                if self._after(tried) is True:
                    return tried
        return None

    def _after(self, steps: Sequence[Step]) -> Value:
        changed = dict(self._answers)
        for step in steps:
            changed.update(step.answers)
        return self._values(changed).of[self._rules.answer]

    def _values(self, answers: Answers) -> Values:
        return self._rules.work_out(answers, self._on)

    def _step(self, way: Way, now: Sequence[Value], to: Value) -> Step:
        number = isinstance(to, int | Decimal) and not isinstance(to, bool)
        answers = tuple(
            (name, to)
            for name, value in zip(way.writes, now, strict=True)
            if value is None or not number or value < to  # type: ignore[operator]
        )
        more = None
        if isinstance(to, int | Decimal) and number and len(now) == 1:
            (value,) = now
            more = to - value if isinstance(value, int | Decimal) else to
        return Step(way, to, more, answers, self._says(way, to, more))

    def _says(self, way: Way, to: Value, more: int | Decimal | None) -> Text:
        text = way.says_one if more == 1 and way.says_one else way.says
        of, kinds = self._now.of, self._rules.kinds
        words = {name: written(of[name], kinds[name]) for name in placeholders(text) & set(of)}
        words["to"] = written(to, way.kind)
        if more is not None:
            words["more"] = written(more, WHOLE)
        return put_in(text, words)


def _targets(way: Way, now: Sequence[Value], rules: Rules) -> list[Value]:
    """Return what a way can lead to, the nearest first."""
    kind = way.kind
    if kind.sort is Sort.YES_NO:
        return [to for to in ((True,) if way.only_up else (True, False)) if now[0] is not to]
    if kind.sort is Sort.CHOICE:
        options = list(kind.options)
        first = options.index(str(now[0])) + 1 if now[0] is not None else 1
        return list(options[first:]) if way.only_up else [o for o in options if o != now[0]]
    numbers = [value for value in now if isinstance(value, int | Decimal)]
    lowest = min(numbers) if len(numbers) == len(now) else None
    return list(_numbers(way, lowest, kind, rules))


def _numbers(
    way: Way, lowest: int | Decimal | None, kind: Kind, rules: Rules
) -> Iterator[int | Decimal]:
    """Yield the numbers above the lowest: every whole one, or those where a table turns."""
    low = lowest if lowest is not None else (kind.low or 0)
    until = way.until if isinstance(way.until, int | Decimal) else kind.high
    if kind.sort is Sort.WHOLE and until is not None and until - low <= _STEPS:
        yield from range(int(low) + 1, int(until) + 1)
        return
    step = kind.step or Decimal(1)
    turns = sorted(
        {
            turn
            for table in rules.steps
            if isinstance(table, Table)
            for place, column in enumerate(table.columns)
            if set(way.writes) & set(rules.leaves[column])
            for row in table.rows
            for end in row.cells[place].bounds()
            for turn in (Decimal(end), Decimal(end) + step)
        }
    )
    for turn in turns:
        if turn > low and (until is None or turn <= until):
            yield int(turn) if kind.sort is Sort.WHOLE else turn

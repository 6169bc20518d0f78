"""What would change a result: the smallest changes of answers that do, found by asking again.

Which answers a person can change, and how far, is said with the answers; what comes of it only the
rules say.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from parvis.engines.rules.answers import Asked
from parvis.engines.rules.kinds import WHOLE, Kind, Sort, Value, written
from parvis.engines.rules.placeholders import placeholders, put_in
from parvis.engines.rules.rules import Answers, Rules, Way
from parvis.engines.rules.tables import Table
from parvis.lib.text import Text

_MOST_TOGETHER = 3
"""More changes at once are another life, not a change."""
_STEPS = 400
"""Steps of one way that are tried at most: a number in months over thirty years."""
MISSING_DECIDES = Text(
    "Then the answers that are missing decide.",
    "Ce sont alors les réponses manquantes qui décident.",
)


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
    """Points; None where it is not about points."""
    after: Value
    """None where nothing stands in the way any more, and missing answers decide."""
    then: Text | None = None
    """What it is then, in words; None of points."""


def changes(asked: Asked) -> tuple[Change, ...]:
    """Return what would change the result for the better, the greatest gain first.

    Of points, only steps of a way that give more than every smaller one. Of what is met or not,
    and of what is needed (whose choices go from the least to the most), the fewest steps that do
    together; where something is needed, also what makes one ready for it.
    """
    search = _Search(asked.rules, asked.answers, asked.on)
    rules, before = asked.rules, search.before
    if isinstance(before, int) and not isinstance(before, bool):
        found = [change for ladder in search.ladders for change in search.gains(ladder)]
        return tuple(sorted(found, key=lambda change: -(change.gain or 0)))
    kind = rules.kinds[rules.answer]
    if kind.sort is not Sort.CHOICE:
        return search.to_be_met(rules.answer)
    if before is None:
        return ()
    options = list(kind.options)
    less = options[: options.index(str(before))]
    needs_less = search.fewest_together(rules.answer, lambda of: of[rules.answer] in less)
    return (*needs_less, *(one for name in rules.outcomes for one in search.to_be_met(name)))


_Wanted = Callable[[Mapping[str, Value]], bool]
"""Tells of all that was worked out whether it is what is wanted."""


class _Search:
    """The rules asked again and again, each time with some answers changed."""

    def __init__(self, rules: Rules, answers: Answers, on: date) -> None:
        self._rules, self._answers, self._on = rules, answers, on
        self._now = rules.work_out(answers, on)
        self.before = self._now.of[rules.answer]

    @cached_property
    def ladders(self) -> list[list[Step]]:
        """Return the steps of each way that is open."""
        return [ladder for way in self._rules.ways if (ladder := self.ladder(way))]

    def to_be_met(self, name: str) -> tuple[Change, ...]:
        """Return what makes a value met; else, what takes away all that keeps it from being so.

        What is needed stays the same meanwhile: a short course is no way to a permit to study.
        """
        before, answer = self._now.of[name], self._rules.answer

        def same(of: Mapping[str, Value]) -> bool:
            return name == answer or of[answer] == self.before

        if before is True:
            return ()
        met = self.fewest_together(name, lambda of: of[name] is True and same(of))
        if met or before is None:
            return met
        return self.fewest_together(name, lambda of: of[name] is not False and same(of))

    def fewest_together(self, name: str, wanted: _Wanted) -> tuple[Change, ...]:
        """Return the changes of a value to what is wanted that take the fewest ways together."""
        for together in range(1, _MOST_TOGETHER + 1):
            tried = combinations(self.ladders, together)
            if found := [one for some in tried for one in self._smallest(some, name, wanted)]:
                return tuple(found)
        return ()

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
            after = self._after([step])[self._rules.answer]
            if isinstance(after, int) and after - self.before > most:
                most = after - self.before
                yield Change((step,), most, after)

    def _smallest(
        self, ladders: Sequence[list[Step]], name: str, wanted: _Wanted
    ) -> Iterator[Change]:
        """Yield the smallest steps, one of each way, that together bring what is wanted.

        Of a way with no order each step that does is told, where it is the only one.
        """
        if len(ladders) == 1 and not ladders[0][0].way.only_up:
            done = [[step] for step in ladders[0] if wanted(self._after([step]))]
        else:
            done = [chosen] if (chosen := self._largest(ladders, wanted)) else []
        for chosen in done:
            for place, ladder in enumerate(ladders):
                for step in ladder if ladder[0].way.only_up else ():
                    tried = [*chosen[:place], step, *chosen[place + 1 :]]
                    if wanted(self._after(tried)):
                        chosen[place] = step
                        break
            after = self._after(chosen)[name]
            yield Change(tuple(chosen), None, after, self._then(name, after))

    def _largest(self, ladders: Sequence[list[Step]], wanted: _Wanted) -> list[Step] | None:
        """Return steps that do: the last of each way, or any of one way with no order."""
        chosen = [ladder[-1] for ladder in ladders]
        if wanted(self._after(chosen)):
            return chosen
        for place, ladder in enumerate(ladders):
            for step in () if ladder[0].way.only_up else ladder[:-1]:
                tried = [*chosen[:place], step, *chosen[place + 1 :]]
                if wanted(self._after(tried)):
                    return tried
        return None

    def _after(self, steps: Sequence[Step]) -> Mapping[str, Value]:
        changed = dict(self._answers)
        for step in steps:
            changed.update(step.answers)
        return self._rules.work_out(changed, self._on).of

    def _then(self, name: str, after: Value) -> Text:
        if after is None:
            return MISSING_DECIDES
        if after is True:
            return self._rules.labels[name]
        return written(after, self._rules.kinds[name])

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

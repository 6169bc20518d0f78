"""Which question to ask next: the one whose answer settles most, of those that can still matter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from parvis.engines.rules.kinds import Value
from parvis.engines.rules.offers import Fit, House, Offer, Sight
from parvis.engines.rules.rules import Answers
from parvis.engines.rules.trials import trials
from parvis.lib.text import Text

_TRIED = 6
"""Answers that are tried to see what a question settles, at most; spread over all there are."""
_REMEMBERED = 4_096
"""Choices of a question that are kept."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask, and the inputs that its answer gives."""

    code: str
    ask: Text
    inputs: tuple[str, ...]
    help: Text | None = None
    see: str | None = None
    """The code of an assessment that helps to answer it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the asking is: questions answered, and how many may come at most."""

    answered: int
    at_most: int
    """Never grows with an answer: what can no longer matter is not asked."""


@dataclass(frozen=True, eq=False)
class Asker:
    """Asks about some offers: what is still open, what to ask next, how far it is."""

    house: House
    offers: Sequence[Offer]
    questions: Sequence[Question]
    """In the order in which those that settle as much are asked."""

    def still_open(self, answers: Answers, skipped: frozenset[str] = frozenset()) -> list[Question]:
        """Return the questions that can still matter, in their own order.

        `skipped` are the inputs of questions that somebody would not answer.
        """
        return self.open_in(self.house.look(answers, skipped))

    def next(self, answers: Answers, skipped: frozenset[str] = frozenset()) -> Question | None:
        """Return the question that settles most offers soonest; None where nothing is open."""
        return _next(self, frozenset(answers.items()), skipped)

    def progress(self, answers: Answers, skipped: frozenset[str] = frozenset()) -> Progress:
        """Return how far the asking is."""
        answered = sum(
            any(answers.get(name) is not None or name in skipped for name in question.inputs)
            for question in self.questions
        )
        return Progress(answered, len(self.still_open(answers, skipped)))

    def open_in(self, sight: Sight) -> list[Question]:
        """Return the questions that can still matter to what is seen."""
        wanted = sight.still_asked(self.offers)
        return [q for q in self.questions if not wanted.isdisjoint(q.inputs)]

    def settles(
        self, question: Question, sight: Sight, offers: Sequence[Offer]
    ) -> tuple[float, float]:
        """Return how many offers, and how many of their needs, an answer settles on average."""
        tried = list(self._answers(question))
        settled = needs = 0
        for answer in tried:
            after = self.house.look({**sight.answers, **answer}, self.house.askable - sight.askable)
            for standing in map(after.standing, offers):
                settled += standing.fit is not Fit.OPEN
                needs += len(standing.kept) + len(standing.lacking)
        return settled / len(tried), needs / len(tried)

    def _answers(self, question: Question) -> Iterator[dict[str, Value]]:
        """Yield answers to try: for several inputs, all together from the lowest to the highest."""
        values = {name: self._values[name] for name in question.inputs}
        most = min(_TRIED, max(map(len, values.values())))
        for step in range(most):
            yield {
                name: among[step * (len(among) - 1) // max(1, most - 1)]
                for name, among in values.items()
            }

    @cached_property
    def _values(self) -> Mapping[str, Sequence[Value]]:
        return {
            name: trials(self.house.rules.values(), name, self.house.on)
            for question in self.questions
            for name in question.inputs
        }


@lru_cache(maxsize=_REMEMBERED)
def _next(
    asker: Asker, given: frozenset[tuple[str, Value]], skipped: frozenset[str]
) -> Question | None:
    """Return what is asked next; most people give the same first answers."""
    sight = asker.house.look(dict(given), skipped)
    among = asker.open_in(sight)
    if len(among) < 2:  # noqa: PLR2004 - of one, there is nothing to choose
        return among[0] if among else None
    undecided = [offer for offer in asker.offers if sight.standing(offer).fit is Fit.OPEN]
    return max(among, key=lambda question: asker.settles(question, sight, undecided))

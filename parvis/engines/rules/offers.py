"""What a person may be offered, and how each offer stands by the answers so far."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from parvis.engines.rules.kinds import Value
from parvis.engines.rules.possible import (
    Outlook,
    Possible,
    can_be,
    look_ahead,
    must_be,
    only,
    open_inputs,
)
from parvis.engines.rules.rules import Answers, Rules

_REMEMBERED = 1_024
"""Views of an assessment that are kept: to choose a question, most are asked for many times."""


@dataclass(frozen=True, slots=True)
class Need:
    """What an offer needs: that a value of an assessment comes to one of these."""

    assessment: str
    name: str
    """`met.eligible`, `entry`."""
    values: frozenset[Value] | None = None
    """None where it needs only to be settled, whatever it comes to."""

    def of(self, possible: Possible) -> bool | None:
        """Tell whether it has come true, cannot, or is open (None)."""
        if self.values is None:
            return True if only(possible) else None
        if must_be(possible, self.values):
            return True
        return None if can_be(possible, self.values) else False


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be offered: it fits where everything that it needs has come true."""

    code: str
    needs: tuple[Need, ...]


class Fit(StrEnum):
    """Whether an offer fits."""

    YES = "yes"
    OPEN = "open"
    """It still may: the answers so far leave it open."""
    NO = "no"


@dataclass(frozen=True)
class Standing:
    """How an offer stands: whether it fits, and what it has, lacks and does not know."""

    offer: Offer
    fit: Fit
    kept: tuple[Need, ...]
    lacking: tuple[Need, ...]
    open: tuple[Need, ...]


@dataclass(frozen=True)
class House:
    """The rules of several assessments on one day, and who can be asked what."""

    rules: Mapping[str, Rules]
    """By the assessment's code."""
    on: date
    askable: frozenset[str]
    """The inputs for which there is a question."""

    def look(self, answers: Answers, skipped: Collection[str] = ()) -> "Sight":
        """Return what can come of some answers, where what was skipped is asked no more."""
        return Sight(self, answers, self.askable.difference(skipped))


@dataclass(frozen=True)
class Sight:
    """What can come of the answers so far, in every assessment."""

    house: House
    answers: Answers
    askable: frozenset[str]

    def outlook(self, assessment: str) -> Outlook:
        """Return what the values of an assessment can still come to."""
        rules = self.house.rules[assessment]
        given = tuple((name, self.answers.get(name)) for name in sorted(rules.inputs))
        open_to = self.askable.intersection(rules.inputs)
        return _looked(rules, given, self.house.on, open_to)

    def standing(self, offer: Offer) -> Standing:
        """Return how an offer stands."""
        came: dict[bool | None, list[Need]] = {True: [], False: [], None: []}
        for need in offer.needs:
            came[need.of(self.outlook(need.assessment).of[need.name])].append(need)
        fit = Fit.NO if came[False] else Fit.OPEN if came[None] else Fit.YES
        return Standing(offer, fit, *(tuple(came[key]) for key in (True, False, None)))

    def still_asked(self, offers: Sequence[Offer]) -> frozenset[str]:
        """Return the inputs that may still change how one of these offers stands."""
        return frozenset(self._still_asked(offers))

    def _still_asked(self, offers: Sequence[Offer]) -> Iterator[str]:
        for offer in offers:
            standing = self.standing(offer)
            if standing.fit is Fit.OPEN:
                for need in standing.open:
                    outlook = self.outlook(need.assessment)
                    yield from open_inputs(self.house.rules[need.assessment], outlook, [need.name])


@lru_cache(maxsize=_REMEMBERED)
def _looked(
    rules: Rules, given: tuple[tuple[str, Any], ...], on: date, open_to: frozenset[str]
) -> Outlook:
    return look_ahead(rules, dict(given), on, open_to=open_to)

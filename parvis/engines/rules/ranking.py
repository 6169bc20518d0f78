"""The offers that fit best, in order, with why: every reason is a need, kept, lacking or open."""

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.engines.rules.offers import Fit, Need, Offer, Sight, Standing

_ORDER = (Fit.YES, Fit.OPEN, Fit.NO)


@dataclass(frozen=True)
class Ranked:
    """One offer in its place, with what speaks for it, what speaks against, and what is open."""

    place: int
    """From 1."""
    standing: Standing
    answers_needed: int
    """How many answers may still change whether it fits."""

    @property
    def offer(self) -> Offer:
        """Return what is offered."""
        return self.standing.offer

    @property
    def share_kept(self) -> float:
        """Return how much of what it needs has come true, 0 to 1."""
        return _share_kept(self.standing)


def rank(sight: Sight, offers: Sequence[Offer], *, with_lost: bool = False) -> list[Ranked]:
    """Return the offers that fit or may fit, best first; `with_lost` also those that do not.

    What fits comes before what still may, that before what does not. Among those: fewer answers
    that are needed, then fewer needs that lack, then a larger share kept, then the order given.
    """
    found = []
    for place, offer in enumerate(offers):
        standing = sight.standing(offer)
        if standing.fit is Fit.NO and not with_lost:
            continue
        needed = len(sight.still_asked([offer]))
        key = (
            _ORDER.index(standing.fit),
            needed,
            len(standing.lacking),
            -_share_kept(standing),
            place,
        )
        found.append((key, standing, needed))
    found.sort(key=lambda one: one[0])
    return [
        Ranked(place, standing, needed)
        for place, (_, standing, needed) in enumerate(found, start=1)
    ]


def _share_kept(standing: Standing) -> float:
    return len(standing.kept) / max(1, len(standing.offer.needs))


__all__ = ["Need", "Ranked", "rank"]

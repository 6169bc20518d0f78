"""What people said at the end of an enquiry, as the page of the support centre shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.readers.support.figures import Count
from parvis.web.figures.measures import Number, Shown, percent, width

_ASKED = Text(en="Asked", fr="Interrogées")
_SAID = Text(en="Replied", fr="Ont répondu")
_SATISFIED = Text(en="Satisfied", fr="Satisfaites")


@dataclass(frozen=True, slots=True)
class SatisfiedRow:
    """A line, or a language: who was asked, who replied, and the share that is satisfied."""

    name: Text
    asked: Text
    rated: Text
    share: Text | None


def satisfaction_of(one: Count) -> Shown:
    """Return how satisfaction is shown: the share of those who replied, and of how many."""
    counts = ((_ASKED, one.rating_asked), (_SAID, one.rated), (_SATISFIED, one.satisfied))
    return Shown(
        none=one.rated == 0,
        share=percent(one.satisfied_share),
        width=width(one.satisfied_share),
        aim=None,
        numbers=tuple(Number(label, grouped(count), None) for label, count in counts),
    )


def satisfaction_rows(
    parts: Mapping[str, Count], name: Callable[[str], Text]
) -> tuple[SatisfiedRow, ...]:
    """Return the parts of which anybody was asked, in their order."""
    return tuple(
        SatisfiedRow(
            name(code), grouped(one.rating_asked), grouped(one.rated), percent(one.satisfied_share)
        )
        for code, one in parts.items()
        if one.rating_asked
    )

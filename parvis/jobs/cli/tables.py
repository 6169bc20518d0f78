"""Figures as a table for a terminal or a printer, without colour."""

from collections.abc import Iterable, Iterator, Sequence

from babel.numbers import format_percent

from parvis.lib.durations import grouped
from parvis.lib.text import Language, Text

ALL = Text(en="All", fr="Ensemble")
"""What the line of all parts together is called."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table: the first column to the left, numbers to the right."""
    lines = [list(heads), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        first, *numbers = zip(line, widths, strict=True)
        told = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in numbers)]
        yield "  ".join(told).rstrip()


def number(count: int, language: Language) -> str:
    """Return a number as it is written."""
    return grouped(count)[language]


def percent(share: float | None, language: Language) -> str:
    """Return a share in percent, with two decimals; a dash where there is none."""
    if share is None:
        return "–"
    return str(
        format_percent(
            share, format="#,##0.00 %" if language == "fr" else "#,##0.00%", locale=f"{language}_CA"
        )
    )

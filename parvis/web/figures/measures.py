"""A measure as pages show it: its share in words and as a bar, and the numbers that it is of."""

from dataclasses import dataclass
from urllib.parse import urlencode

from babel.numbers import format_percent
from django.urls import reverse

from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.readers.standards.behind import Figure, Kind
from parvis.readers.standards.standing import Standing

WITHIN = Text(en="Within the standard", fr="Dans la norme")
LATE = Text(en="Beyond the standard", fr="Au-delà de la norme")
BACKLOG = Text(en="Backlog, beyond the standard", fr="Arriéré, au-delà de la norme")
WITHOUT = Text(en="Without a standard", fr="Sans norme")


@dataclass(frozen=True, slots=True)
class Number:
    """A count with what it counts; where `files` is told, it opens to them at that address."""

    label: Text
    text: Text
    files: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One measure: its share, None where no file has a standard, and its numbers."""

    none: bool
    """Whether there is not a single file."""

    share: Text | None
    width: str
    """The share as the length of a bar."""
    aim: str | None
    """Where on the bar the aim is, where one aim holds for all."""
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which figure a measure is, and whether whoever looks may open it."""

    figure: Figure
    staff: bool

    def number(self, label: Text, count: int, kind: Kind) -> Number:
        """Return a number that opens to its files where it may."""
        files = self.address(kind) if self.staff and count else None
        return Number(label, grouped(count), files)

    def address(self, kind: Kind) -> str:
        """Return where the list of files is."""
        figure = self.figure
        asked = {"kind": kind.value, "on": figure.on, "since": figure.since}
        asked |= {
            name: code
            for name in ("program", "office")
            if (code := getattr(figure, name)) is not None
        }
        return f"{reverse('figures_files')}?{urlencode(asked)}"


def waiting_of(standing: Standing, scope: Scope) -> Shown:
    """Return how what waits is shown: no aim is set for it."""
    one = standing.waiting
    return Shown(
        one.files == 0,
        percent(one.share),
        width(one.share),
        None,
        told(
            scope,
            (WITHIN, one.within, Kind.WITHIN),
            (LATE, one.late, Kind.LATE),
            (WITHOUT, one.without_standard, Kind.WITHOUT_STANDARD),
        ),
    )


def decided_of(standing: Standing, scope: Scope, aim: float | None) -> Shown:
    """Return how what was decided is shown, against its aim."""
    one = standing.decided
    return Shown(
        one.files == 0,
        percent(one.share),
        width(one.share),
        None if aim is None else width(aim),
        told(
            scope,
            (WITHIN, one.within, Kind.DECIDED_WITHIN),
            (LATE, one.late, Kind.DECIDED_LATE),
            (WITHOUT, one.without_standard, Kind.DECIDED_WITHOUT_STANDARD),
        ),
    )


def told(scope: Scope, *counts: tuple[Text, int, Kind]) -> tuple[Number, ...]:
    """Return the numbers that there are: of files without a standard only where there are some.

    Where no file has one, of those alone.
    """
    *measured, (_, without, _) = counts
    shown = measured if any(count for _, count, _ in measured) else []
    return tuple(scope.number(*one) for one in [*shown, *counts[2 if without else 3 :]])


def aim_of(figure: Figure) -> float | None:
    """Return the aim of a program, or of all where all have the same; None where they differ."""
    programs = loader.all_programs().values()
    targets = {
        standard.target
        for program in programs
        if figure.program in (None, program.code)
        and (standard := loader.standard_on(program, figure.on)) is not None
    }
    return targets.pop() if len(targets) == 1 else None


def percent(share: float | None) -> Text | None:
    """Return a share in percent, to a tenth; whole percents without it."""
    if share is None:
        return None
    en, fr = (
        format_percent(share, format=pattern, locale=locale)
        for pattern, locale in (("#,##0.#%", "en_CA"), ("#,##0.# %", "fr_CA"))
    )
    return Text(en=en, fr=fr.replace(" %", "\N{NO-BREAK SPACE}%"))


def width(share: float | None) -> str:
    """Return a share as SVG writes a length, whatever the page's language."""
    return f"{(share or 0) * 100:.2f}%"

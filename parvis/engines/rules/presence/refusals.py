"""What in a history cannot be true, each with its place and a sentence that a person can act on."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from parvis.engines.rules.presence.history import History, Trip
from parvis.engines.rules.presence.stretches import Stretch
from parvis.lib.dates import day
from parvis.lib.text import Text

EARLIEST = date(1900, 1, 1)
"""Nobody who applies today has a date before; an older one is a slip of the keyboard."""
_LONGEST = timedelta(days=100 * 365)
"""How far ahead a sentence may end; one for life is told as that."""

Place = tuple[str | int, ...]
"""The keys that lead to a value, indices from 0; sentences count from 1."""
_NOT_YET = Text(
    en="{} has not come yet. Enter a day that has passed.",
    fr="Le {} n’est pas encore venu. Entrez un jour passé.",
)
_TOO_OLD = Text(
    en="{} is too long ago. Check the year.",
    fr="Le {} est trop ancien. Vérifiez l’année.",
)
_TOO_FAR = Text(
    en="{} is too far ahead. Check the year.",
    fr="Le {} est trop loin. Vérifiez l’année.",
)
_ENDS_FIRST = Text(
    en="This ends before it starts on {}. Check both dates.",
    fr="La fin précède le début, le {}. Vérifiez les deux dates.",
)
_BACK_FIRST = Text(
    en="You came back before you left on {}. Check both dates.",
    fr="Le retour précède le départ du {}. Vérifiez les deux dates.",
)
_TOO_EARLY = Text(
    en="It ended before {}, when the five years start. Leave it out.",
    fr="Il a pris fin avant le {}, début des cinq ans. Retirez-le.",
)
_TOO_LATE = Text(
    en="It started after {}, when the five years end. Leave it out.",
    fr="Il a commencé après le {}, fin des cinq ans. Retirez-le.",
)
_OVERLAPS = Text(
    en="It starts before trip {other} is over on {}. Check the dates of both.",
    fr="Il commence avant la fin du voyage {other}, le {}. Vérifiez les dates des deux.",
)


class Wrong(NamedTuple):
    """Something that cannot be true."""

    place: Place
    told: Text


class HistoryRefused(ValueError):
    """A history says what cannot be true; `wrongs` names each place."""

    def __init__(self, wrongs: Sequence[Wrong]) -> None:
        super().__init__("\n".join(wrong.told.en for wrong in wrongs))
        self.wrongs = tuple(wrongs)


def refuse_untrue(history: History, window: Stretch, *, today: date) -> None:
    """Raise `HistoryRefused` where a history cannot be true, or a trip is none of this window."""
    if wrongs := [*_untrue(history, today), *_trips(history.trips, window, today)]:
        raise HistoryRefused(wrongs)


def _untrue(history: History, today: date) -> Iterator[Wrong]:
    if history.resident_since is not None:
        yield from _impossible(("resident_since",), history.resident_since, today)
    for key, stretches in (
        ("before_residence", history.before_residence),
        ("serving", history.serving),
    ):
        for index, stretch in enumerate(stretches):
            yield from _impossible((key, index, "first"), stretch.first, today)
            if stretch.last < stretch.first:
                yield _wrong((key, index, "last"), _ENDS_FIRST, stretch.first)
            elif stretch.last - today > _LONGEST:
                yield _wrong((key, index, "last"), _TOO_FAR, stretch.last)


def _trips(trips: Sequence[Trip], window: Stretch, today: date) -> Iterator[Wrong]:
    for index, trip in enumerate(trips):
        impossible = [
            wrong
            for key, on in trip._asdict().items()
            for wrong in _impossible(("trips", index, key), on, today)
        ]
        yield from impossible
        if trip.returned < trip.left:
            yield _wrong(("trips", index, "returned"), _BACK_FIRST, trip.left)
        elif not impossible and trip.returned < window.first:
            yield _wrong(("trips", index, "returned"), _TOO_EARLY, window.first)
        elif not impossible and trip.left > window.last:
            yield _wrong(("trips", index, "left"), _TOO_LATE, window.last)
    yield from _overlaps(trips)


def _overlaps(trips: Sequence[Trip]) -> Iterator[Wrong]:
    """Find trips that begin before another is over; one may begin on the day another ends."""
    open_one: int | None = None
    for index in sorted(range(len(trips)), key=lambda each: trips[each]):
        trip = trips[index]
        if open_one is not None and trip.left < trips[open_one].returned:
            back = trips[open_one].returned
            yield _wrong(("trips", index, "left"), _OVERLAPS, back, other=open_one + 1)
        if open_one is None or trip.returned > trips[open_one].returned:
            open_one = index


def _impossible(place: Place, on: date, today: date) -> Iterator[Wrong]:
    if on > today:
        yield _wrong(place, _NOT_YET, on)
    elif on < EARLIEST:
        yield _wrong(place, _TOO_OLD, on)


def _wrong(place: Place, told: Text, on: date, **values: object) -> Wrong:
    """Say what is wrong, with the day written out and, of a trip, its number."""
    shown, en, fr = day(on).text, "", ""
    if place[0] == "trips":
        number = int(place[1]) + 1
        en, fr = f"Trip {number}: ", f"Voyage {number}\u00a0: "
    return Wrong(
        place,
        Text(
            en=en + told.en.format(shown.en, **values), fr=fr + told.fr.format(shown.fr, **values)
        ),
    )

"""Presence as values that rules derive from answers: the days that count, and what they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from parvis.engines.rules.presence.counting import Presence, Terms, enough_on, presence
from parvis.engines.rules.presence.history import History, Trip
from parvis.engines.rules.presence.stretches import Stretch

OPERANDS = 8
"""Resident since, time before, trips, sentences, the day; then days, years and limit asked."""
Values = Sequence[Any]


def history_of(values: Values) -> History:
    """Return the history that four answers tell; what nobody told is taken for none."""
    since, before, trips, serving = values[:4]
    return History(
        resident_since=since,
        before=_stretches(before),
        trips=[Trip(trip["left"], trip["returned"]) for trip in trips or ()],
        serving=_stretches(serving),
    )


def counted(part: Callable[[Presence], Any]) -> Callable[[Values], Any]:
    """Return how a part of the count comes from answers; None where they do not tell enough."""

    def of(values: Values) -> Any:
        found = _presence(values)
        return None if found is None else part(found)

    return of


def enough(values: Values) -> date | None:
    """Return the day on which there will be enough days; None where there are, or none is known."""
    found = _presence(values)
    on, days, years, most = values[4:]
    if found is None or found.total >= days:
        return None
    return enough_on(history_of(values), Terms(days, years, most), applying_on=on)


def _presence(values: Values) -> Presence | None:
    """Count the days; trips must be told, were it that there were none."""
    since, _, trips, _, on, days, years, most = values
    if since is None or trips is None:
        return None
    return presence(history_of(values), Terms(days, years, most), applying_on=on, today=on)


def _stretches(records: Iterable[Mapping[str, date]] | None) -> list[Stretch]:
    return [Stretch(record["first"], record["last"]) for record in records or ()]

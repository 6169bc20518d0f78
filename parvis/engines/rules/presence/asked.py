"""Presence as values that rules derive from answers: the days that count, and what they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from parvis.engines.rules.presence.counting import Presence, Terms, enough_on, presence
from parvis.engines.rules.presence.history import History, Trip
from parvis.engines.rules.presence.refusals import HistoryRefused, Place
from parvis.engines.rules.presence.stretches import Stretch
from parvis.engines.rules.refusals import AnswersRefused, Refusal
from parvis.lib.text import Text

OPERANDS = 8
"""Resident since, time before, trips, sentences, the day; then days, years and limit asked."""
Values = Sequence[Any]
_NO_DAY = Text("This day is missing. Give it.", "Cette date manque. Donnez-la.")


def history_of(values: Values) -> History:
    """Return the history that four answers tell; what nobody told is taken for none.

    Raises `AnswersRefused` where an entry lacks a day.
    """
    since, before, trips, serving = values[:4]
    told = {"before_residence": before, "trips": trips, "serving": serving}
    lacking = [
        Refusal(f"{name}[{place}].{part}", _NO_DAY)
        for name, records in told.items()
        for place, record in enumerate(records or ())
        for part, day in record.items()
        if day is None
    ]
    if lacking:
        raise AnswersRefused(lacking)
    return History(
        resident_since=since,
        before_residence=_stretches(before),
        trips=[Trip(trip["left"], trip["returned"]) for trip in trips or ()],
        serving=_stretches(serving),
    )


def counted(part: Callable[[Presence], Any]) -> Callable[[Values], Any]:
    """Return how a part of the count comes from answers; None where they do not tell enough."""

    def of(values: Values) -> Any:
        found = _presence(values)
        return None if found is None else part(found)

    return of


def plainly(days: Decimal) -> Decimal:
    """Return days with a half only where there is one: 1,063, not 1,063.0."""
    return days if days % 1 else days.quantize(Decimal(1))


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
    try:
        return presence(history_of(values), Terms(days, years, most), applying_on=on, today=on)
    except HistoryRefused as refused:
        raise AnswersRefused(
            [Refusal(_field(wrong.place), wrong.told) for wrong in refused.wrongs]
        ) from None


def _field(place: Place) -> str:
    """Return a place as answers are named: `trips[1].left`."""
    name, *rest = place
    return str(name) + "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in rest)


def _stretches(records: Iterable[Mapping[str, date]] | None) -> list[Stretch]:
    return [Stretch(record["first"], record["last"]) for record in records or ()]

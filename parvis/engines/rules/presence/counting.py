"""How many days a person was present before they apply, and when they will have enough.

The Citizenship Act, paragraph 5(1)(c) and subsection 5(1.001): each day as a permanent resident is
a day, each day before that as a temporary resident or protected person is half of one, up to a
limit. The day of leaving and the day of coming back are days of presence, and 29 February is a day
like any other: https://eservices.cic.gc.ca/rescalc/redir.do?redir=faq.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from parvis.engines.rules.presence.history import History, Trip
from parvis.engines.rules.presence.refusals import refuse_untrue
from parvis.engines.rules.presence.stretches import Stretch, days_in
from parvis.lib.dates import months_before

_DAY = timedelta(days=1)
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law asks on a day: so many days, in the years before, and the most of half days."""

    days: int
    years: int
    most_before: int
    """The most days that half days may add up to."""


@dataclass(frozen=True, slots=True)
class Presence:
    """What was counted, in days, for an application on the day after the window's last."""

    window: Stretch
    as_resident: int
    before: int
    """Days of presence before residence, each of which counts half."""
    counted_before: Decimal
    """What they count: half of them, up to the limit."""
    away: int
    """Days of absence in the window: the days between leaving and coming back."""
    served: int
    """Other days in the window that do not count because a sentence was being served."""

    @property
    def total(self) -> Decimal:
        """Return all that counts, in days; it may end in a half, which is never rounded up."""
        return self.as_resident + self.counted_before


def window_before(applying_on: date, years: int) -> Stretch:
    """Return the years before a day, without it: 1 April 2013 to 31 March 2018, for 1 April.

    The years before 29 February start on 28 February where the year they start in has no 29th
    (Interpretation Act, section 28; unverified that the department counts that day so).
    """
    return Stretch(months_before(applying_on, years * 12), applying_on - _DAY)


def presence(history: History, terms: Terms, *, applying_on: date, today: date) -> Presence:
    """Count the days of presence before a day on which the person applies.

    Raises `HistoryRefused` where the history cannot be true.
    """
    window = window_before(applying_on, terms.years)
    refuse_untrue(history, window, today=today)
    return _counted(history, terms, window)


def enough_on(history: History, terms: Terms, *, applying_on: date) -> date | None:
    """Return the first day, from that one on, on which they have enough if they stay in Canada.

    None where they are not a permanent resident. The history is one that was not refused.
    """
    if history.resident_since is None:
        return None
    on = applying_on
    while True:
        counted = _counted(history, terms, window_before(on, terms.years))
        missing = (terms.days - counted.total).to_integral_value(rounding=ROUND_CEILING)
        if missing <= 0:
            return on
        # A day of waiting adds one day at most, so none sooner can be enough.
        on += int(missing) * _DAY


def _counted(history: History, terms: Terms, window: Stretch) -> Presence:
    since = history.resident_since or window.last + _DAY
    resident = window.within(Stretch(since, window.last))
    earlier = window.within(Stretch(window.first, since - _DAY))
    away = [window.within(_absence(trip)) for trip in history.trips]
    serving = [window.within(stretch) for stretch in history.serving]
    before = days_in(
        [earlier.within(stretch) for stretch in history.before_residence], but_not=away + serving
    )
    return Presence(
        window=window,
        as_resident=days_in([resident], but_not=away + serving),
        before=before,
        counted_before=min(before * _HALF, Decimal(terms.most_before)),
        away=days_in(away),
        served=days_in(serving, but_not=away),
    )


def _absence(trip: Trip) -> Stretch:
    return Stretch(trip.left + _DAY, trip.returned - _DAY)

"""The form in which somebody says how and when to be told."""

import re
from dataclasses import dataclass
from datetime import time

from django.http import QueryDict

from parvis.casework.notices.selectors import Wishes
from parvis.casework.notices.services import Choice
from parvis.casework.notices.status import Way, Wish
from parvis.lib.text import Text
from parvis.web.notices.words import ZONES, zone_name

NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_SPACES = re.compile(r"[\s().-]")
_NORTH_AMERICAN = 10
"""Digits of a number that was given without its country."""
_NO_NUMBER = Text(
    en="Give a number with its country, like +1 613 555 0123.",
    fr="Donnez un numéro avec l’indicatif du pays, par exemple +1 613 555 0123.",
)
_NO_WISH = Text(en="Choose how we tell you.", fr="Choisissez comment vous aviser.")
_NO_HOURS = Text(
    en="Give both hours, like 21:00 and 08:00.",
    fr="Donnez les deux heures, par exemple 21:00 et 08:00.",
)
_SAME_HOURS = Text(
    en="These hours are the same. Choose two that differ.",
    fr="Ces heures sont les mêmes. Choisissez-en deux différentes.",
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A clock to choose."""

    code: str
    name: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class WaysPage:
    """The form as it stands."""

    wish: str
    email: str
    phone: str
    begins: str
    ends: str
    zones: tuple[Zone, ...]
    email_failed: bool
    phone_failed: bool
    to_prove: str
    """The number to which a code went that is not given yet."""
    no_wish: Text | None = None
    no_number: Text | None = None
    no_hours: Text | None = None

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right."""
        return any((self.no_wish, self.no_number, self.no_hours))


def plain_number(typed: str) -> str:
    """Return a telephone number as it is dialled; as it was typed where that cannot be told."""
    number = _SPACES.sub("", typed.strip())[:20]
    digits = number.removeprefix("+")
    if number == digits and digits.isascii() and digits.isdigit():
        if len(digits) == _NORTH_AMERICAN:
            return f"+1{digits}"
        if len(digits) == _NORTH_AMERICAN + 1 and digits.startswith("1"):
            return f"+{digits}"
    return number


def ways_page(wishes: Wishes) -> WaysPage:
    """Return the form as somebody chose before."""
    begins, ends = wishes.ways.quiet or (None, None)
    return WaysPage(
        wish=wishes.wish_then,
        email=wishes.email,
        phone=wishes.to_prove or wishes.phone,
        begins=_shown(begins),
        ends=_shown(ends),
        zones=_zones(wishes.ways.zone.key),
        email_failed=Way.EMAIL in wishes.failed,
        phone_failed=Way.TEXT in wishes.failed,
        to_prove=wishes.to_prove,
    )


def read_ways(post: QueryDict, wishes: Wishes) -> tuple[Choice | None, WaysPage]:
    """Return what was chosen, None where something is wrong with it, and the form as it stands."""
    wish = post.get("wish", "")
    typed = post.get("phone", "").strip()[:40]
    number = plain_number(typed)
    begins, ends = (post.get(name, "").strip()[:8] for name in ("begins", "ends"))
    hours = (_time(begins), _time(ends))
    zone = post.get("zone", "")
    zone = zone if zone in ZONES else wishes.ways.zone.key
    no_number = (
        _NO_NUMBER if (typed or wish == Wish.TEXT) and not NUMBER.fullmatch(number) else None
    )
    no_hours = None
    if (begins or ends) and None in hours:
        no_hours = _NO_HOURS
    elif hours[0] is not None and hours[0] == hours[1]:
        no_hours = _SAME_HOURS
    page = WaysPage(
        wish=wish,
        email=wishes.email,
        phone=typed,
        begins=begins,
        ends=ends,
        zones=_zones(zone),
        email_failed=Way.EMAIL in wishes.failed,
        phone_failed=Way.TEXT in wishes.failed,
        to_prove=wishes.to_prove,
        no_wish=None if wish in set(Wish) else _NO_WISH,
        no_number=no_number,
        no_hours=no_hours,
    )
    if page.wrong:
        return None, page
    quiet = None if hours[0] is None or hours[1] is None else (hours[0], hours[1])
    return Choice(Wish(wish), number if typed else "", quiet, zone), page


def _zones(chosen: str) -> tuple[Zone, ...]:
    codes = ZONES if chosen in ZONES else (chosen, *ZONES)
    return tuple(Zone(code, zone_name(code), code == chosen) for code in codes)


def _time(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed) if typed else None
    except ValueError:
        return None


def _shown(hour: time | None) -> str:
    return "" if hour is None else hour.strftime("%H:%M")

"""By which way somebody is told, and when: what they wish, what works, what the law wants."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.casework.notices.hours import quiet_until
from parvis.casework.notices.models import Preference
from parvis.casework.notices.status import SECOND, Way, Wish
from parvis.casework.people.models import User
from parvis.programs.notices import frame


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody can be told, and wants to be."""

    wish: Wish
    addresses: dict[Way, str]
    """Where each way leads that there is for them."""
    working: frozenset[Way]
    """Those from which nothing came back."""
    quiet: tuple[time, time] | None
    zone: ZoneInfo

    @property
    def preferred(self) -> Way:
        """The way that they want; who wants none has by e-mail what they must know."""
        return Way.TEXT if self.wish is Wish.TEXT else Way.EMAIL

    def way(self) -> Way | None:
        """Return the best way that works; None where there is none."""
        order = (self.preferred, SECOND[self.preferred])
        return next((way for way in order if way in self.working), None)

    def quiet_until(self, way: Way, at: datetime) -> datetime | None:
        """Return when one may send by this way, where that is not now."""
        hours = self.quiet
        if hours is None and way is Way.TEXT:
            texts = frame().quiet_for_texts
            hours = texts.begins, texts.ends
        return None if hours is None else quiet_until(at, *hours, self.zone)


def ways_of(user: User, preference: Preference | None) -> Ways:
    """Return how somebody can be told; who has said nothing is told by e-mail."""
    said = preference or Preference(user=user)
    addresses = {Way.EMAIL: said.email or user.email}
    if said.phone:
        addresses[Way.TEXT] = said.phone
    failed = {Way.EMAIL: said.email_failed, Way.TEXT: said.phone_failed}
    hours = None
    if said.quiet_from is not None and said.quiet_until is not None:
        hours = said.quiet_from, said.quiet_until
    return Ways(
        wish=Wish(said.wish),
        addresses=addresses,
        working=frozenset(way for way, one in addresses.items() if one != failed[way]),
        quiet=hours,
        zone=ZoneInfo(said.time_zone or settings.TIME_ZONE),
    )

"""What the pages of signing in say besides: the sign-in services, and days of allauth's rows."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings

from parvis.lib.dates import day_of
from parvis.web.identity.staff import STAFF
from parvis.web.templatetags.speaking import said

register = template.Library()


@dataclass(frozen=True, slots=True)
class Way:
    """A sign-in service, as its button calls it."""

    id: str
    name: str
    staff: bool


@register.simple_tag
def services() -> list[Way]:
    """Return the sign-in services that there are."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["parvis_oidc"]["APPS"]
    return [Way(one["provider_id"], one["name"], one["provider_id"] == STAFF) for one in apps]


@register.filter
def written(moment: datetime) -> str:
    """Return the day of a moment, where the department is, as people write it."""
    return said(day_of(moment, ZoneInfo(settings.TIME_ZONE)).text)

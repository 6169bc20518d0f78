"""What the pages of signing in say besides: the sign-in services, and days of allauth's rows."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from parvis.lib.dates import day_of
from parvis.web.identity.staff import STAFF
from parvis.web.templatetags.speaking import said

register = template.Library()


_GIVE = {
    "email": _("Give your e-mail address, like name@example.org."),
    "password": _("Give your password."),
    "oldpassword": _("Give your password."),
    "password1": _("Give a password."),
    "password2": _("Give the new password once more."),
    "code": _("Give the code."),
    "name": _("Give it a name."),
}
"""What to do about a field that holds nothing, or nothing of its kind."""


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


@register.filter
def wrongs(field: BoundField) -> list[str]:
    """Return what is wrong with a field: what to give where it holds nothing of its kind."""
    found: list[str] = []
    for one in field.errors.as_data():
        of_its_kind = one.code == "required" or (one.code == "invalid" and field.name == "email")
        give = _GIVE.get(field.name) if of_its_kind else None
        found.extend([str(give)] if give is not None else map(str, one.messages))
    return found

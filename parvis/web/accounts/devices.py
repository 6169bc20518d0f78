"""Where somebody is signed in, and ending it there: a session ended is out at its next request."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.lib import clock
from parvis.lib.dates import Moment, moment
from parvis.lib.text import Text
from parvis.web.showing import show
from parvis.web.signed_in import own

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
_UNKNOWN = Text(en="An unknown browser", fr="Un navigateur inconnu")


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which somebody is signed in."""

    id: int
    name: Text
    since: Moment
    here: bool


@dataclass(frozen=True, slots=True)
class DevicesPage:
    """All of them, this one first, then the newest."""

    devices: tuple[Device, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@own
def devices(request: HttpRequest) -> HttpResponse:
    """Show where somebody is signed in; sign them out there, or everywhere but here."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    sessions = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        return _end(request, sessions)
    found = [_device(one, one.session_key == request.session.session_key) for one in sessions]
    found.sort(key=lambda one: (not one.here, -one.id))
    return show(request, "usersessions/usersession_list.html", DevicesPage(tuple(found)))


def _end(request: HttpRequest, sessions: list[UserSession]) -> HttpResponse:
    told = request.POST.get("device", "")
    here = request.session.session_key
    ended = [one for one in sessions if told in (str(one.pk), "others")]
    for one in ended:
        if one.session_key != here:
            one.end()
    if any(one.session_key == here for one in ended) and told != "others":
        return redirect("account_logout")
    messages.success(request, _("You are signed out there."))
    return redirect("usersessions_list")


def _device(session: UserSession, here: bool) -> Device:
    return Device(
        session.pk,
        device_name(session.user_agent),
        moment(clock.shown(session.created_at), ZoneInfo(settings.TIME_ZONE)),
        here,
    )


def device_name(agent: str) -> Text:
    """Return what people call a browser, by what it says of itself."""
    browser = next((name for part, name in _BROWSERS if part in agent), None)
    system = next((name for part, name in _SYSTEMS if part in agent), None)
    if browser is None:
        return _UNKNOWN
    if system is None:
        return Text(en=browser, fr=browser)
    return Text(en=f"{browser} on {system}", fr=f"{browser} sur {system}")

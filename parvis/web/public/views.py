"""Pages that need no sign-in, and the ones for when something fails."""

import sys

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg.errors import QueryCanceled

from parvis.lib import clock
from parvis.lib.text import LANGUAGES
from parvis.readers.estimates.times import published_times
from parvis.web.public.health import look
from parvis.web.public.times import times_page
from parvis.web.showing import show, spoken

_RETRY_S = "60"


@require_safe
@never_cache
def arrival(request: HttpRequest) -> HttpResponse:
    """Ask for a language, in both; go on in the one that was last used here."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if language in LANGUAGES:
        return redirect(f"/{language}/")
    return render(request, "public/arrival.html")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this place is, and the way in."""
    return render(request, "client/home.html")


@require_safe
@never_cache
def service_status(request: HttpRequest) -> HttpResponse:
    """Tell whether each part of the service works, as of now."""
    # Without what every other page asks the database for: who is signed in, and messages to them.
    page = {"page": spoken(look(clock.now())), "request": request}
    return HttpResponse(render_to_string("public/status.html", page))


@require_safe
def processing_times(request: HttpRequest) -> HttpResponse:
    """Show how long new applications take, and how long decided ones took, program by program."""
    now = clock.now()
    return show(request, "public/times.html", times_page(published_times(now), now))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return _letter(request, "accessibility", _("Accessibility"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice."""
    return _letter(request, "privacy", _("Privacy"))


def _letter(request: HttpRequest, name: str, title: str) -> HttpResponse:
    body = f"public/{name}.{get_language()}.html"
    page = {"title": title, "body": body, "contact": settings.PARVIS_CONTACT}
    return render(request, "public/letter.html", page)


@require_safe
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that nobody is signed in any more."""
    return render(request, "public/signed_out.html")


def failed(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, and which: too slow, not there, or broken.

    Nothing here may fail: no database, no user, both languages at once.
    """
    page, status = _fault(sys.exc_info()[1])
    answer = HttpResponse(render_to_string(page), status=status)
    if status == 503:  # noqa: PLR2004
        answer["Retry-After"] = _RETRY_S
    answer["Cache-Control"] = "no-store"
    return answer


def _fault(error: BaseException | None) -> tuple[str, int]:
    if isinstance(error, DatabaseError):
        if isinstance(error.__cause__, QueryCanceled):
            return "public/slow.html", 503
        if isinstance(error, OperationalError):
            return "public/down.html", 503
    return "500.html", 500

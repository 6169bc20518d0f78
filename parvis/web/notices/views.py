"""How one is told, and the way from a message to its file."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.casework.notices.selectors import wishes_of
from parvis.casework.notices.services import choose_ways, open_message
from parvis.lib import clock
from parvis.lib.references import application_number
from parvis.web.notices.ways_form import read_ways, ways_page
from parvis.web.showing import show
from parvis.web.signed_in import private


@require_http_methods(["GET", "HEAD", "POST"])
@private
def ways(request: HttpRequest) -> HttpResponse:
    """Ask how and when somebody wants to be told."""
    user = request.user
    assert not isinstance(user, AnonymousUser)  # noqa: S101 - signed in, for the types
    wishes = wishes_of(user)
    if request.method != "POST":
        return show(request, "notices/ways.html", ways_page(wishes))
    choice, page = read_ways(request.POST, wishes)
    if choice is None:
        return show(request, "notices/ways.html", page, status=422)
    choose_ways(user=user, choice=choice, by=user.ref, at=clock.now())
    messages.success(request, _("We will tell you like this from now on."))
    return redirect("account")


@require_safe
@private
def message(request: HttpRequest, sealed: str) -> HttpResponse:
    """Lead whoever signed in by the address in a message to what it is about, and note that.

    Somebody else's message is answered like none.
    """
    user = request.user
    assert not isinstance(user, AnonymousUser)  # noqa: S101 - signed in, for the types
    opened = open_message(name=sealed, by=user, at=clock.now())
    if opened is None:
        raise Http404
    if opened.application is not None:
        return redirect("application", number=application_number(opened.application))
    return redirect("mandates" if opened.of_mandates else "applications")

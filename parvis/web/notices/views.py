"""How one is told, proving a number for it, and the way from a message to its file."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.casework.notices.selectors import wishes_of
from parvis.casework.notices.services import (
    another_code,
    choose_ways,
    open_message,
    prove_number,
    try_again,
)
from parvis.casework.notices.status import Way
from parvis.casework.people.policies import ActRefused
from parvis.lib import clock
from parvis.lib.references import application_number
from parvis.lib.text import Text
from parvis.web.notices.ways_form import read_ways, ways_page
from parvis.web.showing import show
from parvis.web.signed_in import private

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_LONGEST = 40
_WRONG_CODE = Text(
    en="This code is not right. A code has three tries.",
    fr="Ce code n’est pas le bon. Un code donne droit à trois essais.",
)


@dataclass(frozen=True, slots=True)
class NumberPage:
    """The number that is to be proved; empty where none waits for it."""

    phone: str
    wrong: Text | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@private
def ways(request: HttpRequest) -> HttpResponse:
    """Ask how and when somebody wants to be told, or whether a way works again that failed."""
    user, now = _asking(request), clock.now()
    wishes = wishes_of(user, now=now)
    if request.method != "POST":
        return show(request, "notices/ways.html", ways_page(wishes))
    if (works := request.POST.get("works")) in set(Way):
        try_again(user=user, way=Way(works), by=user.ref, at=now)
        messages.success(request, _("We are trying it again now."))
        return redirect("account_notices")
    choice, page = read_ways(request.POST, wishes)
    if choice is None:
        return show(request, "notices/ways.html", page, status=422)
    try:
        to_prove = choose_ways(user=user, choice=choice, by=user.ref, at=now)
    except ActRefused as refused:
        page = replace(page, no_number=refused.reason)
        return show(request, "notices/ways.html", page, status=422)
    if to_prove:
        return redirect("account_number")
    messages.success(request, _("We will tell you like this from now on."))
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@private
def number(request: HttpRequest) -> HttpResponse:
    """Ask for the code that went to a number, or send another."""
    user, now = _asking(request), clock.now()
    page = NumberPage(wishes_of(user, now=now).to_prove)
    if request.method != "POST" or not page.phone:
        return show(request, "notices/number.html", page)
    try:
        if request.POST.get("action") == "another":
            another_code(user=user, at=now)
            messages.success(request, _("Another code is on its way."))
            return redirect("account_number")
        code = "".join(request.POST.get("code", "")[:_LONGEST].split())
        if prove_number(user=user, code=code, by=user.ref, at=now):
            messages.success(request, _("We will tell you like this from now on."))
            return redirect("account")
        page = replace(page, wrong=_WRONG_CODE)
    except ActRefused as refused:
        page = replace(page, wrong=refused.reason)
    return show(request, "notices/number.html", page, status=422)


@require_safe
@private
def message(request: HttpRequest, sealed: str) -> HttpResponse:
    """Lead whoever signed in by the address in a message to what it is about, and note that.

    Somebody else's message is answered like none.
    """
    opened = open_message(name=sealed, by=_asking(request), at=clock.now())
    if opened is None:
        raise Http404
    if opened.application is not None:
        return redirect("application", number=application_number(opened.application))
    return redirect("mandates" if opened.of_mandates else "applications")


def _asking(request: HttpRequest) -> "User":
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    return request.user

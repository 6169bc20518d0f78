"""Mandates: both sides' page of all, the page of one, giving one, and what is done about one."""

from collections.abc import Callable
from typing import Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.casework.applications.mandating import (
    done_under,
    files_covered,
    files_waiting,
    give_mandate,
)
from parvis.casework.applications.selectors import files_of
from parvis.casework.mandates import services
from parvis.casework.mandates.listing import (
    MandateLine,
    Side,
    firm_of,
    mandate_seen_by,
    mandates_given,
    mandates_held,
    mandates_offered,
)
from parvis.casework.mandates.policies import can_give
from parvis.casework.mandates.status import MandateState
from parvis.casework.mandates.terms import MandateRefused
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.selectors import addresses_of, client_by_id, client_of
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.web.mandates.asking import asking
from parvis.web.mandates.give_form import GiveForm
from parvis.web.mandates.pages import mandate_page, mandates_page
from parvis.web.showing import show
from parvis.web.signed_in import private

MOST = 50
MOST_DONE = 100


@require_safe
@private
def mandates(request: HttpRequest) -> HttpResponse:
    """Show what somebody gave, was given and holds."""
    user, now = asking(request), clock.now()
    after = request.GET.get("after", "")
    client = client_of(user)
    page = mandates_page(
        client=client is not None,
        given=[] if client is None else mandates_given(client, now=now),
        offered=mandates_offered(user, now=now),
        held=mandates_held(user, now=now, most=MOST + 1, after=_number(after)),
        most=MOST,
        first=not after,
    )
    return show(request, "mandates/mandates.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def give(request: HttpRequest) -> HttpResponse:
    """Let a client give a mandate. Nothing said tells whether the address has an account."""
    user, now = asking(request), clock.now()
    client = client_of(user)
    if client is None or not can_give(client, user):
        raise Http404
    form = GiveForm(files_of(user), now)
    if request.method != "POST":
        return show(request, "mandates/give.html", form.page())
    terms = form.read(request.POST, addresses_of(user))
    if terms is None:
        return show(request, "mandates/give.html", form.page(), status=422)
    try:
        given = give_mandate(terms=terms, by=user, at=now)
    except MandateRefused as refused:
        form.wrongs = refused.wrongs
        return show(request, "mandates/give.html", form.page(), status=422)
    told = (
        _("You gave this mandate already. It stays as it is.")
        if given.again
        else _("You gave a mandate. It begins once they accept it.")
    )
    messages.success(request, told)
    return redirect("mandates")


@require_safe
@private
def mandate(request: HttpRequest, id_: int) -> HttpResponse:
    """Show one mandate to either side, with what was done under it."""
    line, side = _seen(request, id_)
    return _shown(request, line, side)


class _ActOn(Protocol):
    def __call__(self, request: HttpRequest, id_: int) -> str: ...


def _acting(act: _ActOn) -> Callable[..., HttpResponse]:
    """Return the view that does something about a mandate and says that it is done."""

    @require_POST
    @private
    def view(request: HttpRequest, id_: int) -> HttpResponse:
        line, side = _seen(request, id_)
        try:
            told = act(request, id_)
        except ActRefused as refused:
            return _shown(request, line, side, refused=refused.reason, status=409)
        messages.success(request, told)
        return redirect("mandates")

    return view  # type: ignore[return-value]  # the decorators say less than they keep


@_acting
def accept(request: HttpRequest, id_: int) -> str:
    """Accept a mandate, for oneself or for one's firm."""
    firm = _number(request.POST.get("firm", ""))
    services.accept_mandate(mandate=id_, firm=firm, by=asking(request), at=clock.now())
    return _("You accepted the mandate.")


@_acting
def decline(request: HttpRequest, id_: int) -> str:
    """Decline a mandate."""
    services.decline_mandate(mandate=id_, by=asking(request), at=clock.now())
    return _("You declined the mandate.")


@_acting
def end(request: HttpRequest, id_: int) -> str:
    """End a mandate, from either side."""
    services.end_mandate(mandate=id_, by=asking(request), at=clock.now())
    return _("The mandate has ended.")


def _seen(request: HttpRequest, id_: int) -> tuple[MandateLine, Side]:
    """Return a mandate and from which side it is seen; what is nobody's business is not there."""
    found = mandate_seen_by(asking(request), id_, now=clock.now())
    if found is None:
        raise Http404
    return found


def _shown(
    request: HttpRequest,
    line: MandateLine,
    side: Side,
    *,
    refused: Text | None = None,
    status: int = 200,
) -> HttpResponse:
    files = files_covered(line, client_by_id(line.client))
    # Whoever holds it learns nothing of a file that they may not see yet.
    tells = side is Side.CLIENT and line.state is MandateState.IN_FORCE
    page = mandate_page(
        line,
        side,
        files=files,
        waiting=files_waiting(line, files, now=clock.now()) if tells else [],
        firm=firm_of(asking(request)) if side is Side.OFFERED else None,
        done=done_under(line, files, most=MOST_DONE) if line.accepted_at else [],
        refused=refused,
    )
    return show(request, "mandates/mandate.html", page, status=status)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _LONGEST else None


_LONGEST = 19
"""Digits of a number that the database can hold."""

"""The two doors, for those who answer for them: who is let in, what is done about it, figures."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.casework.cohorts import services
from parvis.casework.cohorts.selectors import (
    LONGEST_NUMBER,
    clients_of,
    cohorts,
    opening,
    weeks,
)
from parvis.casework.cohorts.status import WHOLE, CohortKind
from parvis.casework.people.policies import Act, ActRefused, user_may
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.web.cohorts.pages import doors_page
from parvis.web.showing import show
from parvis.web.signed_in import private

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_SHOWN = timedelta(weeks=13)
_LONGEST = 12
_MOST, _NAMED = 5_000, 5


@require_safe
@private
def doors(request: HttpRequest) -> HttpResponse:
    """Show to whom the new door is open, and how both fare."""
    _asking(request, Act.SEE_DOORS)
    return _shown(request)


@require_POST
@private
def open_door(request: HttpRequest) -> HttpResponse:
    """Open the door to a share of all clients, to those of a program, or to those on a list."""
    user = _asking(request, Act.OPEN_DOOR)
    to, numbers = request.POST.get("to"), request.POST.get("numbers", "")
    kind = CohortKind(to) if to in set(CohortKind) else CohortKind.SHARE
    try:
        services.open_to(
            kind=kind,
            share=_share(request.POST.get("share", "")),
            program=request.POST.get("program"),
            clients=_clients(numbers) if kind is CohortKind.LIST else (),
            by=user,
            at=clock.now(),
        )
    except ActRefused as refused:
        return _shown(request, wrong=refused.reason, to=kind, numbers=numbers, status=422)
    messages.success(request, _("The door is open to them from now on."))
    return redirect("doors")


@require_POST
@private
def raise_share(request: HttpRequest, cohort: int) -> HttpResponse:
    """Open the door to a greater share, or to more on a list."""
    user, at = _asking(request, Act.OPEN_DOOR), clock.now()
    _check_there(cohort)
    try:
        if "numbers" in request.POST:
            clients = _clients(request.POST["numbers"])
            services.name_more(cohort=cohort, clients=clients, by=user, at=at)
        else:
            share = _share(request.POST.get("share", ""))
            services.raise_to(cohort=cohort, share=share or 0, by=user, at=at)
    except ActRefused as refused:
        return _shown(request, wrong=refused.reason, status=422)
    messages.success(request, _("The door is open to more clients. Who was in stays in."))
    return redirect("doors")


@require_POST
@private
def stop(request: HttpRequest, cohort: int) -> HttpResponse:
    """Close the door to those clients at once."""
    user = _asking(request, Act.OPEN_DOOR)
    _check_there(cohort)
    services.stop(cohort=cohort, by=user, at=clock.now())
    messages.success(request, _("The door is closed to them from now on."))
    return redirect("doors")


def _asking(request: HttpRequest, act: Act) -> "User":
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(act, request.user):
        raise Http404
    return request.user


def _check_there(cohort: int) -> None:
    if cohort not in {line.id for line in cohorts()}:
        raise Http404


def _share(typed: str) -> int | None:
    """Return a percentage as it was typed, as a share of 10,000; None where it is none."""
    try:
        share = Decimal(typed.strip().removesuffix("%").strip().replace(",", ".")[:_LONGEST])
    except InvalidOperation:
        return None
    return int(share * WHOLE / 100) if share.is_finite() and abs(share) <= WHOLE else None


def _clients(typed: str) -> list[int]:
    """Return the clients whose files these are; refuse a number that is of none, by name."""
    numbers = typed.replace(",", " ").replace(";", " ").split()
    if not numbers or len(numbers) > _MOST:
        raise ActRefused(
            f"Give the numbers of applications, at most {_MOST:,} at once.",
            f"Donnez des numéros de demande, au plus {_MOST} à la fois.",
        )
    found = clients_of(numbers)
    if strange := [one[:LONGEST_NUMBER] for one in numbers if one not in found]:
        raise ActRefused(
            f"We have no client with these applications: {', '.join(strange[:_NAMED])}.",
            "Nous n’avons aucun client pour ces demandes\N{NO-BREAK SPACE}:"
            f" {', '.join(strange[:_NAMED])}.",
        )
    return sorted(set(found.values()))


def _shown(
    request: HttpRequest,
    *,
    wrong: Text | None = None,
    to: str = CohortKind.SHARE,
    numbers: str = "",
    status: int = 200,
) -> HttpResponse:
    now: datetime = clock.now()
    page = doors_page(
        opening(),
        cohorts(),
        weeks(since=now - _SHOWN, until=now, zone=ZoneInfo(settings.TIME_ZONE)),
        may_open=user_may(Act.OPEN_DOOR, request.user),
    )
    page = replace(page, wrong=wrong, to=to, numbers=numbers)
    return show(request, "cohorts/doors.html", page, status=status)

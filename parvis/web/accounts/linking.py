"""Somebody shows that a file is theirs, by what only its client knows."""

from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.casework.applications.linking import LinkLocked, LinkRefused, link_file
from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.web.accounts.plain import is_plain
from parvis.web.showing import show
from parvis.web.signed_in import own

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What was told of a file, and what is wrong with it so far as anybody may know."""

    number: str = ""
    name: str = ""
    received_on: str = ""
    no_number: bool = False
    no_name: bool = False
    no_day: bool = False
    refused: bool = False
    locked: bool = False

    @property
    def lacks(self) -> bool:
        """Whether something was not told, which needs no look at any file."""
        return self.no_number or self.no_name or self.no_day


@require_http_methods(["GET", "HEAD", "POST"])
@own
def link(request: HttpRequest) -> HttpResponse:
    """Ask for a file's number, its client's name and its day; bring it into the account."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.LINK, request.user):
        raise Http404
    if request.method != "POST":
        return show(request, "account/link.html", LinkPage())
    page, received_on = _read(request)
    if page.lacks or received_on is None:
        return show(request, "account/link.html", page, status=422)
    try:
        link_file(
            number=page.number,
            name=page.name,
            received_on=received_on,
            by=request.user,
            at=clock.now(),
        )
    except LinkLocked:
        return show(request, "account/link.html", replace(page, locked=True), status=429)
    except LinkRefused:
        return show(request, "account/link.html", replace(page, refused=True), status=422)
    messages.success(request, _("Your application is in your account now."))
    return redirect("applications")


def _read(request: HttpRequest) -> tuple[LinkPage, date | None]:
    number, name, told = (
        request.POST.get(part, "").strip()[:_LONGEST] for part in ("number", "name", "received_on")
    )
    try:
        received_on = date.fromisoformat(told)
    except ValueError:
        received_on = None
    page = LinkPage(
        number=number,
        name=name,
        received_on=told if received_on else "",
        no_number=not number or not is_plain(number),
        no_name=not any(one.isalnum() for one in name) or not is_plain(name),
        no_day=received_on is None,
    )
    return page, received_on

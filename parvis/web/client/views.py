"""A client's files, and one file."""

from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from parvis.casework.applications.opening import open_file
from parvis.casework.applications.selectors import along_with_session, files_of, files_seen_by
from parvis.casework.mandates.selectors import holds_and_is_offered
from parvis.casework.people.policies import Act, may, user_may
from parvis.lib import clock
from parvis.readers.tracker import file_lines, file_page
from parvis.web.account import last_visit
from parvis.web.client.pages import ApplicationsPage, SearchPage, application_page
from parvis.web.client.rating import asked_now
from parvis.web.framing import framed
from parvis.web.mandates.words import comes_as
from parvis.web.showing import show
from parvis.web.signed_in import View, private


@require_safe
@private
def applications(request: HttpRequest) -> HttpResponse:
    """Show a client their files; let staff look one up by its number, or see the figures."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    now = clock.now()
    if not user_may(Act.FIND, request.user):
        if request.user.is_staff:
            return redirect("figures")
        lines = file_lines(files_of(request.user), now)
        holds, offered = holds_and_is_offered(request.user, now=now)
        if holds and not (lines or offered):
            return redirect("clients")
        page = ApplicationsPage(lines, holds, offered)
        return show(request, "client/applications.html", page)
    number = request.GET.get("number", "").strip()
    files = files_seen_by(request.user, number, now=now) if number else []
    if len(files) == 1:
        return redirect("application", number=files[0].number)
    return show(
        request,
        "client/search.html",
        SearchPage(number, file_lines(files, now), user_may(Act.REACH, request.user)),
    )


def brought_along(view: View) -> View:
    """Have the file with the number in an address come along with the session of its client."""

    @wraps(view)
    def shown(request: HttpRequest, number: str) -> HttpResponseBase:
        session: Any = request.session  # our own store's
        session.along = along_with_session(number)
        return view(request, number=number)

    return shown


@require_safe
@brought_along
@private
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show one file as it stands. What one may not see is answered like what does not exist."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    now = clock.now()
    files = open_file(number=number, by=request.user, at=now)
    if len(files) != 1:
        raise Http404
    [file] = files
    if file.number != number:
        return redirect("application", number=file.number)
    since = last_visit(request)
    told = file_page(file, now, officer=may(Act.SEE_NOTES, file.relation), since=since)
    page = application_page(
        told,
        answerable=may(Act.ANSWER, file.relation),
        takeable=may(Act.TAKE_ALONG, file.relation),
        since=since,
        comes_as=comes_as(file.relation, file.client_name),
        unreached=file.unreached_at is not None,
        ask=asked_now(request, file.number),
    )
    return framed(
        request,
        "application",
        title=(told.headline, told.number),
        page=page,
        here=request.path,
        staff=request.user.is_staff,
        token=get_token(request) if page.ask else None,
    )

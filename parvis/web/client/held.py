"""All that is held on a file, for its client: to read, and to take along."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from parvis.casework.applications.opening import open_file, take_file_along
from parvis.casework.people.policies import Act
from parvis.lib import clock
from parvis.readers.held.archive import archive, archive_name
from parvis.readers.held.file import held_page
from parvis.readers.held.looks import looks_page
from parvis.readers.held.signing import signer
from parvis.web.client.pages import WholeFilePage
from parvis.web.showing import show
from parvis.web.signed_in import private

if TYPE_CHECKING:
    from parvis.casework.applications.selectors import File
    from parvis.casework.people.models import User

_LONGEST_PLACE = 18
_LATEST = 10
"""Of those who looked, as many stand on the page of the whole file; the others on their own."""


@require_safe
@private
def whole_file(request: HttpRequest, number: str) -> HttpResponse:
    """Show a client all that is held on their file, and who looked at it."""
    _user, file = _own(request, number)
    if file.number != number:
        return redirect("file", number=file.number)
    page = WholeFilePage(held_page(file, clock.now(), looks=_LATEST), signer().fingerprint)
    return show(request, "client/file.html", page)


@require_safe
@private
def accesses(request: HttpRequest, number: str) -> HttpResponse:
    """Show a client who looked at their file, fifty at a time."""
    _user, file = _own(request, number)
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() else None
    if len(before) > _LONGEST_PLACE:
        raise Http404
    return show(request, "client/accesses.html", looks_page(file, before=place))


# A post: what only looks ahead, or opens a page again, takes nothing along.
@require_POST
@private
def take_along(request: HttpRequest, number: str) -> HttpResponseBase:
    """Send a client all that is held on their file, signed, as it is made."""
    user, file = _own(request, number)
    at = clock.now()
    take_file_along(file=file, by=user, at=at)
    answer = StreamingHttpResponse(
        archive(file, language="fr" if get_language() == "fr" else "en", signer=signer(), at=at),
        content_type="application/zip",
    )
    answer["Content-Disposition"] = f'attachment; filename="{archive_name(file.number, at)}"'
    return answer


def _own(request: HttpRequest, number: str) -> "tuple[User, File]":
    """Return who asks, and the file that they may take along: their own."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    files = open_file(number=number, act=Act.TAKE_ALONG, by=request.user, at=clock.now())
    if len(files) != 1:
        raise Http404
    return request.user, files[0]

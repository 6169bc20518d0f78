"""A whole file over HTTP, for its client alone: all that is held, an archive of it, who looked."""

from typing import TYPE_CHECKING, Annotated, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router

from parvis.api.held_schemas import AccessesOut, WholeFileOut
from parvis.api.problems import language_of
from parvis.api.schemas import Problem
from parvis.casework.applications.opening import open_file, take_file_along
from parvis.casework.people.policies import Act
from parvis.lib import clock
from parvis.lib.text import Language
from parvis.readers.held.archive import archive, archive_name
from parvis.readers.held.data import as_data
from parvis.readers.held.file import held_page
from parvis.readers.held.looks import looks_page
from parvis.readers.held.signing import signer

if TYPE_CHECKING:
    from parvis.casework.applications.selectors import File
    from parvis.casework.people.models import User

router = Router(tags=["applications"])
_NOT_YOURS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
_KEPT_NOWHERE = "no-store, private"
_ZIP = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}
Place = Annotated[int | None, Query(ge=0, lt=2**63)]


@router.get(
    "/applications/{number}/file",
    response={200: WholeFileOut, **_NOT_YOURS},
    summary="All that is held on one application",
    operation_id="whole_file",
)
def whole_file(request: HttpRequest, number: str, lang: Language | None = None) -> HttpResponse:
    """Return all that is held on an application, to its client alone."""
    _user, file = _own(request, number)
    return _told(as_data(held_page(file, clock.now()), language_of(request)))


@router.get(
    "/applications/{number}/file.zip",
    response={200: None, **_NOT_YOURS},
    summary="The same as a signed archive, with the documents",
    operation_id="whole_file_archive",
    openapi_extra={"responses": {200: {"content": _ZIP}}},
)
def whole_file_archive(
    request: HttpRequest, number: str, lang: Language | None = None
) -> StreamingHttpResponse:
    """Send all that is held on an application, signed, to its client alone; it is counted."""
    user, file = _own(request, number)
    at = clock.now()
    take_file_along(file=file, by=user, at=at)
    parts = archive(file, language=language_of(request), signer=signer(), at=at)
    answer = StreamingHttpResponse(parts, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{archive_name(file.number, at)}"'
    answer["Cache-Control"] = _KEPT_NOWHERE
    return answer


@router.get(
    "/applications/{number}/accesses",
    response={200: AccessesOut, **_NOT_YOURS},
    summary="Who looked at one application",
    operation_id="accesses",
)
def accesses(
    request: HttpRequest, number: str, before: Place = None, lang: Language | None = None
) -> HttpResponse:
    """Return who looked, fifty at a time, the latest first, to the application's client alone."""
    _user, file = _own(request, number)
    return _told(as_data(looks_page(file, before=before), language_of(request)))


@router.get(
    "/archive-key",
    auth=None,
    response={200: None},
    summary="The public key that archives are checked with",
    operation_id="archive_key",
    openapi_extra={
        "responses": {200: {"content": {"application/x-pem-file": {"schema": {"type": "string"}}}}}
    },
)
def archive_key(request: HttpRequest) -> HttpResponse:
    """Return the key in PEM form, to anybody."""
    return HttpResponse(signer().public_key, content_type="application/x-pem-file")


def _own(request: HttpRequest, number: str) -> "tuple[User, File]":
    """Return who asks, and the file that they may take along: their own."""
    user = request.user
    assert user.is_authenticated  # noqa: S101 - nobody else gets past the sign-in
    files = open_file(number=number, act=Act.TAKE_ALONG, by=user, at=clock.now())
    if len(files) != 1:
        raise Http404
    return user, files[0]


def _told(page: dict[str, Any]) -> HttpResponse:
    answer = HttpResponse(orjson.dumps(page), content_type="application/json; charset=utf-8")
    answer["Cache-Control"] = _KEPT_NOWHERE
    return answer

"""Applications over HTTP: the same page that people see, as JSON."""

from functools import wraps
from typing import Annotated, Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import Query, Router
from ninja.decorators import decorate_view

from parvis.api.asking import at_once
from parvis.api.problems import Several, language_of
from parvis.api.schemas import ApplicationOut, Problem
from parvis.casework.applications.opening import open_file
from parvis.casework.applications.selectors import along_with_session
from parvis.casework.people.policies import Act, may
from parvis.lib import clock
from parvis.lib.text import Language
from parvis.programs.schema import CODE
from parvis.readers.tracker import as_data, file_page

ProgramCode = Annotated[str | None, Query(pattern=f"^{CODE}$", max_length=64)]


def brought_along(run: Any) -> Any:
    """Have the file that is asked for come along with the session of its client."""

    @wraps(run)
    def asked(request: HttpRequest, number: str) -> HttpResponseBase:
        session: Any = request.session  # our own store's
        session.along = along_with_session(number)
        told: HttpResponseBase = run(request, number=number)
        return told

    return asked


router = Router(tags=["applications"])


@router.get(
    "/applications/{number}",
    response={200: ApplicationOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem},
    summary="One application as it stands",
    operation_id="application",
)
@decorate_view(at_once, brought_along)
def application(
    request: HttpRequest, number: str, lang: Language | None = None, program: ProgramCode = None
) -> HttpResponse:
    """Return one application: to its client by our number, to staff also by another system's.

    What you may not see answers like what does not exist. `program` is needed only where several
    programs use the same number.
    """
    user = request.user
    assert user.is_authenticated  # noqa: S101 - nobody else gets past the sign-in
    now = clock.now()
    files = open_file(number=number, program=program, by=user, at=now)
    if not files:
        raise Http404
    if len(files) > 1:
        raise Several([file.state.program for file in files])
    [file] = files
    page = file_page(file, now, officer=may(Act.SEE_NOTES, file.relation))
    # Written here: to check it against the schema once more would take longer than to make it.
    # A test does.
    told = orjson.dumps(as_data(page, language_of(request)))
    return HttpResponse(told, content_type="application/json; charset=utf-8")

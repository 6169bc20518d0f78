"""Processing times over HTTP, for everybody: of a new application, and of those decided lately."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from parvis.api.problems import language_of
from parvis.api.schemas import Problem, ProcessingTimesOut
from parvis.lib import clock
from parvis.lib.text import Language
from parvis.readers.estimates.times import published_times
from parvis.readers.tracker import plain

_FRESH_S = 3_600
"""What is counted once a day may be an hour old."""

router = Router(tags=["processing times"])


@router.get(
    "/processing-times",
    response={200: ProcessingTimesOut, 422: Problem},
    auth=None,
    summary="How long new applications take, and how long decided ones took, by program",
    operation_id="processing_times",
)
def processing_times(
    request: HttpRequest, response: HttpResponse, lang: Language | None = None
) -> dict[str, Any]:
    """Return the times of every program, to anybody. None is a promise.

    `new` is how long an application takes that comes today, counted from those decided and those
    that still wait. The published time beside it looks back on applications already decided; those
    that still wait often take longer.
    """
    language = language_of(request)
    response["Cache-Control"] = f"public, max-age={_FRESH_S}"
    return {"language": language, "programs": plain(published_times(clock.now()), language)}

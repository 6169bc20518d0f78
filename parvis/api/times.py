"""Processing times over HTTP: what the department publishes, for everybody."""

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
    summary="How long decided applications took, by program",
    operation_id="processing_times",
)
def processing_times(
    request: HttpRequest, response: HttpResponse, lang: Language | None = None
) -> dict[str, Any]:
    """Return the published time of every program, to anybody.

    It looks back on applications already decided and is no promise; those that still wait often
    take longer.
    """
    language = language_of(request)
    response["Cache-Control"] = f"public, max-age={_FRESH_S}"
    return {"language": language, "programs": plain(published_times(clock.now()), language)}

"""How many of the dates that we gave were kept, over HTTP: for everybody."""

import csv
import io
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from parvis.api.kept_schemas import KeptDatesOut
from parvis.api.problems import language_of
from parvis.api.schemas import Problem
from parvis.lib import clock
from parvis.lib.text import Language
from parvis.programs import loader
from parvis.programs.schema import CODE
from parvis.readers.estimates.scorecard import Scorecard, scorecard
from parvis.readers.estimates.scorecard_data import as_data, sheet
from parvis.readers.standards.seeing import NO_PROGRAM
from parvis.readers.standards.standing import NotTold

_FRESH_S = 3_600
"""What is counted once a day may be an hour old."""

Part = Literal["program", "month", "likelihood"]

router = Router(tags=["figures"])


class Asked(Schema):
    """Of which program; of all where none is told."""

    program: Annotated[str | None, Field(pattern=f"^({CODE})?$", max_length=64)] = None


@router.get(
    "/kept-dates",
    response={200: KeptDatesOut, 404: Problem, 422: Problem},
    auth=None,
    summary="Of the dates that we gave, how many we kept",
    operation_id="kept_dates",
)
def kept_dates(
    request: HttpRequest,
    response: HttpResponse,
    asked: Query[Asked],
    lang: Language | None = None,
) -> dict[str, Any]:
    """Return the dates that fell due in the last twelve whole months, and how many were kept.

    A date is scored when its day is over, as it was given; one that was replaced by another counts
    too. `half` is the date for half of the applications alike (`said` is 0.5), `most` that for four
    in five (0.8); `likelihoods` has every date that is told. No share is told of fewer than 30.
    """
    language = language_of(request)
    response["Cache-Control"] = f"public, max-age={_FRESH_S}"
    return {"language": language} | as_data(_scorecard(asked), language)


@router.get(
    "/kept-dates.csv",
    response={200: str, 404: Problem, 422: Problem},
    auth=None,
    summary="The same as a table",
    operation_id="kept_dates_table",
)
def kept_dates_table(
    request: HttpRequest, asked: Query[Asked], by: Part = "program"
) -> HttpResponse:
    """Return one split of the scores as CSV, with a line for each part and its days."""
    written = io.StringIO()
    csv.writer(written).writerows(sheet(_scorecard(asked), by))
    table = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    table["Content-Disposition"] = f'attachment; filename="kept-dates-by-{by}.csv"'
    table["Cache-Control"] = f"public, max-age={_FRESH_S}"
    return table


def _scorecard(asked: Asked) -> Scorecard:
    program = asked.program or None
    if program is not None and program not in loader.all_programs():
        raise NotTold(NO_PROGRAM)
    return scorecard(clock.now(), program)

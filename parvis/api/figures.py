"""Service standards, inventory and backlog over HTTP: for everybody, on any day."""

import csv
import io
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from parvis.api.asking import OPEN, TOLD_OPEN
from parvis.api.figure_schemas import BacklogOut, FilesOut, ForecastOut, StandardsOut
from parvis.api.problems import NotForYou, language_of
from parvis.api.schemas import Problem
from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.lib.text import Language
from parvis.programs.schema import CODE
from parvis.readers.standards.ahead import forecast_as_data, outlooks
from parvis.readers.standards.behind import Figure, Kind, files_behind
from parvis.readers.standards.data import backlog_as_data, standards_as_data
from parvis.readers.standards.seeing import survey_for
from parvis.readers.standards.sheet import sheet
from parvis.readers.standards.standing import Survey, check_day, today

_FRESH_S = 3_600
_MOST_FILES = 50
_Code = Annotated[str | None, Field(pattern=f"^{CODE}$", max_length=64)]
_Office = Annotated[str | None, Field(pattern=f"^({CODE})?$", max_length=64)]

Part = Literal["program", "office", "month"]
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 422), Problem)

router = Router(tags=["figures"])


class Asked(Schema):
    """Which figures: of which day (today if not told), of one program or office alone."""

    on: date | None = None
    program: _Code = None
    office: _Code = None


class FilesAsked(Asked):
    """Which files: an empty office stands for files at none."""

    kind: Kind
    since: date | None = None
    """The first day of decisions that count; the month to the day if not told."""
    office: _Office = None
    after: Annotated[str | None, Field(pattern=r"^\d{1,18}\.\d{1,4}$")] = None
    """The `next` of the files before."""


@router.get(
    "/service-standards",
    response={200: StandardsOut, **PROBLEMS},
    auth=OPEN,
    openapi_extra=TOLD_OPEN,
    summary="The share within service standards, of what waits and of what was decided",
    operation_id="service_standards",
)
def service_standards(
    request: HttpRequest,
    response: HttpResponse,
    asked: Query[Asked],
    lang: Language | None = None,
) -> dict[str, Any]:
    """Return both measures at the end of a day, in all and by program, office and month.

    `waiting`: received and not closed at the end of the day. `decided`: approved or refused in the
    month to the day. Files without a standard are counted apart. To everybody, offices with fewer
    than five files are told together (`*`); staff see each.
    """
    language = language_of(request)
    return {"language": language} | standards_as_data(_survey(request, response, asked), language)


@router.get(
    "/service-standards.csv",
    response={200: str, **PROBLEMS},
    auth=OPEN,
    openapi_extra=TOLD_OPEN,
    summary="The same as a table",
    operation_id="service_standards_table",
)
def service_standards_table(
    request: HttpRequest, response: HttpResponse, asked: Query[Asked], by: Part = "program"
) -> HttpResponse:
    """Return one split of both measures as CSV, with a line for each part and its days."""
    written = io.StringIO()
    csv.writer(written).writerows(sheet(_survey(request, response, asked), by))
    table = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    table["Content-Disposition"] = f'attachment; filename="service-standards-by-{by}.csv"'
    table["Cache-Control"] = response["Cache-Control"]
    return table


@router.get(
    "/backlog",
    response={200: BacklogOut, **PROBLEMS},
    auth=OPEN,
    openapi_extra=TOLD_OPEN,
    summary="What waits, and what waits beyond its service standard",
    operation_id="backlog",
)
def backlog(
    request: HttpRequest,
    response: HttpResponse,
    asked: Query[Asked],
    lang: Language | None = None,
) -> dict[str, Any]:
    """Return inventory and backlog at the end of a day, in all and by program, office and month."""
    language = language_of(request)
    return {"language": language} | backlog_as_data(_survey(request, response, asked), language)


@router.get(
    "/backlog/forecast",
    response={200: ForecastOut, **PROBLEMS},
    auth=None,
    summary="What is expected to wait in 30, 91 and 182 days",
    operation_id="backlog_forecast",
)
def backlog_forecast(
    request: HttpRequest, response: HttpResponse, lang: Language | None = None
) -> dict[str, Any]:
    """Return the forecasts with their ranges, which hold 8 of 10 outcomes, and their records."""
    language = language_of(request)
    response["Cache-Control"] = f"public, max-age={_FRESH_S}"
    return {"language": language} | forecast_as_data(outlooks(), language)


@router.get(
    "/service-standards/files",
    response={200: FilesOut, **PROBLEMS},
    summary="The files behind a figure, for staff",
    operation_id="files_behind_a_figure",
)
def files(request: HttpRequest, asked: Query[FilesAsked]) -> dict[str, Any]:
    """Return fifty files behind a figure; `next` is the `after` of those that follow."""
    if not user_may(Act.OPEN_FIGURES, request.user):
        raise NotForYou
    now = clock.now()
    on = asked.on or today(now)
    check_day(on, now)
    figure = Figure.of(
        asked.kind, on=on, since=asked.since, program=asked.program, office=asked.office
    )
    file, nth = map(int, asked.after.split(".")) if asked.after else (0, -1)
    found = files_behind(figure, most=_MOST_FILES, after=(file, nth))
    full = len(found) == _MOST_FILES
    return {
        "kind": figure.kind,
        "on": figure.on,
        "since": figure.since,
        "files": [
            {
                "number": one.number,
                "program": one.program,
                "office": one.office or None,
                "received_on": one.received_on,
                "there_since": one.there_since,
                "late_from": one.late_from,
                "decided_on": one.decided_on,
            }
            for one in found
        ],
        "next": f"{found[-1].file}.{found[-1].nth}" if full else None,
    }


def _survey(request: HttpRequest, response: HttpResponse, asked: Asked) -> Survey:
    """Return what this person may see, and say for whom the answer may be kept."""
    staff = user_may(Act.OPEN_FIGURES, request.user)
    response["Cache-Control"] = "private, no-store" if staff else f"public, max-age={_FRESH_S}"
    now = clock.now()
    return survey_for(
        asked.on or today(now),
        now=now,
        program=asked.program,
        office=asked.office,
        staff=staff,
    )

"""Assessments over HTTP, for everybody: answers in, findings out. Nothing of it is kept."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router, Status

from parvis.api.assessment_schemas import AnswersRefusedOut, AssessmentOut
from parvis.api.problems import language_of
from parvis.api.schemas import Problem
from parvis.engines.rules.answers import NotJson, read_answers, read_json
from parvis.engines.rules.changes import changes as what_would_change
from parvis.engines.rules.findings import assess
from parvis.engines.rules.refusals import AnswersRefused
from parvis.engines.rules.telling import refusals_as_data, result_as_data
from parvis.lib import clock
from parvis.lib.dates import department_day
from parvis.lib.text import Language, Text
from parvis.programs.rules.loader import UnknownAssessment, assessment, codes

_EXAMPLE = {
    "accompanying_spouse": False,
    "age": 28,
    "education": "masters",
    "first_language_clb": {"L": 10, "R": 10, "W": 10, "S": 10},
    "canadian_work_years": 3,
}
_TOO_LARGE = Text(
    en="What you sent is too large. Send the answers of one person.",
    fr="Votre envoi est trop volumineux. Envoyez les réponses d’une seule personne.",
)
_REFUSED = Text(
    en="Some answers cannot be: {}. `refused` says what to do with each.",
    fr="Certaines réponses sont impossibles\N{NO-BREAK SPACE}: {}. "
    "`refused` dit que faire de chacune.",
)
_UNKNOWN = Text(
    en="There is no assessment of this name. Choose one of these: {}.",
    fr="Aucune évaluation ne porte ce nom. Choisissez parmi\N{NO-BREAK SPACE}: {}.",
)
_TOLD = 5

router = Router(tags=["assessments"])


@router.post(
    "/assessments/{name}",
    response={
        200: AssessmentOut,
        **dict.fromkeys((400, 404, 413), Problem),
        422: AnswersRefusedOut,
    },
    auth=None,
    summary="What the rules say of somebody, why, and what would change it",
    operation_id="assess",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}, "example": _EXAMPLE}},
        }
    },
)
def assess_one(  # noqa: PLR0913, PLR0917 - each is a part of the request
    request: HttpRequest,
    response: HttpResponse,
    name: str,
    on: date | None = None,
    changes: bool = True,
    lang: Language | None = None,
) -> Status[dict[str, Any]] | HttpResponse:
    """Ask an assessment about one person's answers, by the rules of a day (today if not told).

    An answer that is not sent is unknown. Nothing that is sent is kept or logged. What is wrong
    with an answer is told at its field, in both languages.
    """
    language = language_of(request)
    response["Cache-Control"] = "no-store"
    try:
        asked = assessment(name)
        said = read_answers(
            asked, read_json(request.body), today=department_day(clock.now()), on=on
        )
        result = assess(asked, said)
        found = what_would_change(said) if changes else None
    except UnknownAssessment:
        return _problem(HTTPStatus.NOT_FOUND, "not_found", _UNKNOWN, language, codes())
    except RequestDataTooBig:
        return _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", _TOO_LARGE, language)
    except NotJson as error:
        return _problem(HTTPStatus.BAD_REQUEST, "garbled", error.message, language)
    except AnswersRefused as error:
        fields = [one.field or "JSON" for one in error.refusals][:_TOLD]
        told = _problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, "answers_refused", _REFUSED, language, fields
        )
        return Status(told.status_code, told.value | refusals_as_data(error.refusals))
    # As data already; which totals there are only the rules know, so no schema could list them.
    return JsonResponse(result_as_data(result, found), headers={"Cache-Control": "no-store"})


def _problem(
    status: HTTPStatus, code: str, text: Text, language: Language, names: Any = ()
) -> Status[dict[str, Any]]:
    detail = text[language].replace("{}", ", ".join(names))
    return Status(status, {"code": code, "detail": detail})

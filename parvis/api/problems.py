"""What the API says where it has no answer: a code for programs, a sentence for people."""

from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from parvis.api.asking import KeyRefused
from parvis.casework.documents.answers import AnswerRefused
from parvis.casework.documents.store import NOT_KEPT, StoreFailed
from parvis.casework.keys.entering import DoorClosed
from parvis.casework.people.policies import ActRefused
from parvis.lib.text import LANGUAGES, Language, Text
from parvis.readers.standards.standing import NotTold


class NotForYou(Exception):
    """What was asked for is for staff, and whoever asked is signed in and none of them."""


class Several(Exception):
    """A number that is used in several programs; `programs` are their codes."""

    def __init__(self, programs: list[str]) -> None:
        super().__init__(programs)
        self.programs = programs


class _Said(NamedTuple):
    status: HTTPStatus
    code: str
    detail: Text


_NOT_SIGNED_IN = _Said(
    HTTPStatus.UNAUTHORIZED,
    "not_signed_in",
    Text(en="Sign in first.", fr="Connectez-vous d’abord."),
)
_KEY_REFUSED = _Said(
    HTTPStatus.UNAUTHORIZED,
    "key_refused",
    Text(
        en="This key opens nothing: it is wrong, expired or revoked. Make another.",
        fr="Cette clé n’ouvre rien : elle est erronée, expirée ou révoquée. Créez-en une autre.",
    ),
)
_OTHER_DOOR = _Said(
    HTTPStatus.FORBIDDEN,
    "other_door",
    Text(
        en="We are opening this service to some clients first. Go on using the one that you know.",
        fr="Ce service s’ouvre d’abord à certains clients. Continuez avec celui que vous"
        " connaissez.",
    ),
)
_NOT_FOUND = _Said(
    HTTPStatus.NOT_FOUND,
    "not_found",
    Text(
        en="You have no application with this number. Check the number.",
        fr="Vous n’avez pas de demande portant ce numéro. Vérifiez le numéro.",
    ),
)
_NOT_UNDERSTOOD = _Said(
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "not_understood",
    Text(
        en="Part of the request was not understood: {}.",
        fr="Une partie de la requête n’a pas été comprise : {}.",
    ),
)
_SEVERAL = _Said(
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "several",
    Text(
        en="Several programs use this number. Add `program`: {}.",
        fr="Plusieurs programmes utilisent ce numéro. Ajoutez `program` : {}.",
    ),
)
_GARBLED = _Said(
    HTTPStatus.BAD_REQUEST,
    "garbled",
    Text(
        en="What you sent could not be read. Send it as multipart/form-data.",
        fr="Votre envoi est illisible. Envoyez-le en multipart/form-data.",
    ),
)
_NO_TOKEN = _Said(
    HTTPStatus.FORBIDDEN,
    "no_token",
    Text(
        en="The token of your session is missing. Send it as X-CSRFToken.",
        fr="Le jeton de votre session manque. Envoyez-le dans X-CSRFToken.",
    ),
)
_STAFF_ONLY = _Said(
    HTTPStatus.FORBIDDEN,
    "staff_only",
    Text(en="This is for staff only.", fr="Seul le personnel y a accès."),
)
_TOO_LARGE = _Said(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "too_large",
    Text(
        en="What you sent is too large. Send ten files at most, of 10 MB each.",
        fr="Votre envoi est trop volumineux. Envoyez au plus dix fichiers de 10 Mo chacun.",
    ),
)
_NOT_KEPT = _Said(HTTPStatus.SERVICE_UNAVAILABLE, "not_kept", NOT_KEPT)
_NO_FIGURE = _Said(HTTPStatus.NOT_FOUND, "no_figure", Text(en="{}", fr="{}"))
_REFUSED = _Said(HTTPStatus.CONFLICT, "refused", Text(en="{}", fr="{}"))
_LACKING = _Said(HTTPStatus.UNPROCESSABLE_ENTITY, "lacking", Text(en="{}", fr="{}"))

_ALWAYS: dict[type[Exception], _Said] = {
    AuthenticationError: _NOT_SIGNED_IN,
    KeyRefused: _KEY_REFUSED,
    DoorClosed: _OTHER_DOOR,
    Http404: _NOT_FOUND,
    NotForYou: _STAFF_ONLY,
    MultiPartParserError: _GARBLED,
    RequestDataTooBig: _TOO_LARGE,
    TooManyFieldsSent: _TOO_LARGE,
    TooManyFilesSent: _TOO_LARGE,
    StoreFailed: _NOT_KEPT,
}
"""What is always answered with the same words."""


def language_of(request: HttpRequest) -> Language:
    """Return the language asked for: `lang`, or what the browser prefers."""
    asked = (request.GET and request.GET.get("lang")) or get_language()
    return next((language for language in LANGUAGES if language == asked), "en")


def answer_problems(api: NinjaAPI) -> None:
    """Have the API tell every problem in the same shape."""

    for kind, said in _ALWAYS.items():
        api.add_exception_handler(kind, partial(_always, api, said))

    @api.exception_handler(HttpError)
    def not_taken(request: HttpRequest, error: HttpError) -> HttpResponse:
        # Ninja's own: a token that lacks, or a body that cannot be read.
        no_token = error.status_code == HTTPStatus.FORBIDDEN
        return _answer(api, request, _NO_TOKEN if no_token else _GARBLED)

    @api.exception_handler(ActRefused)
    def refused(request: HttpRequest, error: ActRefused) -> HttpResponse:
        return _answer(api, request, _REFUSED, error.reason[language_of(request)])

    @api.exception_handler(NotTold)
    def not_told(request: HttpRequest, error: NotTold) -> HttpResponse:
        return _answer(api, request, _NO_FIGURE, error.reason[language_of(request)])

    @api.exception_handler(AnswerRefused)
    def lacking(request: HttpRequest, error: AnswerRefused) -> HttpResponse:
        language = language_of(request)
        return _answer(
            api, request, _LACKING, " ".join(lack.reason[language] for lack in error.lacks)
        )

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        names = sorted({str(one["loc"][-1]) for one in error.errors})
        return _answer(api, request, _NOT_UNDERSTOOD, ", ".join(names))

    @api.exception_handler(Several)
    def several(request: HttpRequest, error: Several) -> HttpResponse:
        return _answer(api, request, _SEVERAL, ", ".join(error.programs))


def _always(
    api: NinjaAPI, said: _Said, request: HttpRequest, error: Exception | type[Exception]
) -> HttpResponse:
    return _answer(api, request, said)


def _answer(api: NinjaAPI, request: HttpRequest, said: _Said, *parts: str) -> HttpResponse:
    detail = said.detail[language_of(request)].format(*parts)
    return api.create_response(request, {"code": said.code, "detail": detail}, status=said.status)

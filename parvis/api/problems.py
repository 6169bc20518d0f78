"""What the API says where it has no answer: a code for programs, a sentence for people."""

from http import HTTPStatus
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from parvis.lib.text import LANGUAGES, Language, Text


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
        en="Part of the address was not understood: {}.",
        fr="Une partie de l’adresse n’a pas été comprise : {}.",
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


def language_of(request: HttpRequest) -> Language:
    """Return the language asked for: `lang`, or what the browser prefers."""
    asked = request.GET.get("lang") or get_language()
    return next((language for language in LANGUAGES if language == asked), "en")


def answer_problems(api: NinjaAPI) -> None:
    """Have the API tell every problem in the same shape."""

    @api.exception_handler(AuthenticationError)
    def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return _answer(api, request, _NOT_SIGNED_IN)

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return _answer(api, request, _NOT_FOUND)

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        names = sorted({str(one["loc"][-1]) for one in error.errors})
        return _answer(api, request, _NOT_UNDERSTOOD, ", ".join(names))

    @api.exception_handler(Several)
    def several(request: HttpRequest, error: Several) -> HttpResponse:
        return _answer(api, request, _SEVERAL, ", ".join(error.programs))


def _answer(api: NinjaAPI, request: HttpRequest, said: _Said, *parts: str) -> HttpResponse:
    detail = said.detail[language_of(request)].format(*parts)
    return api.create_response(request, {"code": said.code, "detail": detail}, status=said.status)

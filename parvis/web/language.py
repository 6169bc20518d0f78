"""The language of a page is in its address; the last one used is remembered for next time."""

import re
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from parvis.lib.text import LANGUAGES, Language

_YEAR_S = 365 * 24 * 60 * 60
_NEXT = re.compile(r"(next=(?:/|%2F))(?:en|fr)(?=/|%2F)")
"""Where to go after signing in, which has the language of the page before."""
_PLAIN = re.compile(r"[\w/-]*", re.ASCII)
"""An address that needs no escaping."""
_PAGES: dict[str, Language] = {f"/{language}/": language for language in LANGUAGES}


class RememberLanguage(LocaleMiddleware):
    """Django's, which need not look further than an address; and a cookie, `en` or `fr`."""

    def __call__(self, request: HttpRequest) -> Any:
        """Answer in the language of the page, and remember it where it is not the last one's."""
        language = _PAGES.get(request.path_info[:4])
        if language is None:
            return self._as_they_prefer(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        answer: Any = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=_YEAR_S,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        return answer

    def _as_they_prefer(self, request: HttpRequest) -> Any:
        """Answer at an address that has no language, in the one that they last read or prefer."""
        translation.activate(
            translation.get_language_from_request(
                request,
                # To look there takes long, and nothing comes of it but for `/en-ca/` and the like.
                check_path=request.path_info[1:3] in LANGUAGES,
            )
        )
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        answer: Any = self.get_response(request)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return self.process_response(request, answer)  # which looks for the page in a language
        patch_vary_headers(answer, ("Accept-Language",))
        answer.headers.setdefault("Content-Language", translation.get_language())
        return answer


def in_language(address: str, language: str) -> str:
    """Return the address of the same page in this language; any other address as it is."""
    return f"/{language}/{address[4:]}" if address[:4] in _PAGES else address


def other_than(language: str | None) -> Language:
    """Return the other official language."""
    return "en" if language == "fr" else "fr"


def page_in(language: Language, request: HttpRequest) -> str:
    """Return the address of the page that is asked for in this language, with its query."""
    as_it_is = not request.META.get("QUERY_STRING") and _PLAIN.fullmatch(request.path)
    whole = request.path if as_it_is else request.get_full_path()  # which escapes, and takes long
    first, _, rest = whole.removeprefix("/").partition("/")
    if first not in LANGUAGES:
        return f"/{language}/"  # a mistyped address, whose other half is the front door
    rest = _NEXT.sub(rf"\g<1>{language}", rest)
    return f"/{language}/{rest}"

"""The headers that keep a page safe in a browser, worded once rather than for each answer."""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

_OF_CSP = ("exempt", "config", "update", "replace")
_WISHES = {"xframe_options_exempt"} | {f"_csp_{wish}{to}" for wish in _OF_CSP for to in ("", "_ro")}
"""How Django and django-csp mark the answer of a view that wants other headers."""


class SafeHeaders(SecurityMiddleware):
    """Django's middlewares against sniffing and framing, and django-csp's policy, as one.

    They are asked once what they say of an empty answer, and once more over HTTPS. An answer with
    wishes of its own goes through each of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._others: tuple[Any, ...] = (
            XFrameOptionsMiddleware(get_response),
            CSPMiddleware(get_response),
        )
        self._worded: dict[bool, dict[str, tuple[str, str]]] = {}

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Put the headers on an answer, except those that it has already."""
        if not _WISHES.isdisjoint(vars(response)):
            return self._through_each(request, response)
        secure = bool(self.sts_seconds) and request.is_secure()
        if secure not in self._worded:
            empty = HttpResponse()
            del empty.headers["Content-Type"]
            self._worded[secure] = _kept(self._through_each(request, empty))
        kept = _kept(response)
        for name, header in self._worded[secure].items():
            kept.setdefault(name, header)
        return response

    def _through_each(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        for one in self._others:
            response = one.process_response(request, response)
        return response


def _kept(response: HttpResponse) -> dict[str, tuple[str, str]]:
    """Return the headers of an answer as Django keeps them: by name in small letters.

    Whatever is put there by its name is looked through for what no header may hold. These were when
    they were worded; to do so with every answer is 2 % of a page.
    """
    kept: dict[str, tuple[str, str]] = response.headers._store  # noqa: SLF001
    return kept

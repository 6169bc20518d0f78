"""The language of a page is in its address; the last one used is remembered for next time."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from parvis.lib.text import LANGUAGES

_YEAR_S = 365 * 24 * 60 * 60


class RememberLanguage(LocaleMiddleware):
    """Django's, and a cookie that holds `en` or `fr` and nothing else."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Remember the language of this page where it is another than the last one's."""
        answer = super().process_response(request, response)
        language = request.path_info[1:3]
        if (
            language in LANGUAGES
            and request.path_info[3:4] == "/"
            and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language
        ):
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=_YEAR_S,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        return answer

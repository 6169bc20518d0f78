"""The whole of a page that Jinja2 draws: what `base.html` puts around every other page."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse

from parvis.casework.people.policies import Act, user_may
from parvis.lib.text import Language, Text
from parvis.web.drawing import draw, shared_part
from parvis.web.language import other_than, page_in

_HTML = "text/html; charset=utf-8"


def framed(
    request: HttpRequest, part: str, *, title: tuple[Text | str, ...], **given: Any
) -> HttpResponse:
    """Return a page of whoever is signed in, with a part in its middle.

    `title` is what a browser shows of it in front of our name.
    """
    user: Any = request.user
    language: Language = "fr" if request.LANGUAGE_CODE == "fr" else "en"
    finds, answers = user_may(Act.FIND, user), user_may(Act.ANSWER_ENQUIRIES, user)
    whole = draw(
        "whole",
        language,
        title=title,
        main=draw(part, language, **given),
        there=page_in(other_than(language), request),
        nav=shared_part("nav", language, finds, user.is_staff, answers),
        notices=[str(message) for message in get_messages(request)],
    )
    return HttpResponse(whole.encode(), content_type=_HTML)

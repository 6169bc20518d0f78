"""The whole of a page that Jinja2 draws: what `base.html` puts around every other page."""

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from parvis.casework.people.policies import Act, user_may
from parvis.lib.text import Text
from parvis.web.drawing import draw, shared_part
from parvis.web.language import in_the_other_language


def framed(request: HttpRequest, *, title: Text, main: Markup) -> HttpResponse:
    """Return a page of whoever is signed in, with its title and what stands in the middle."""
    user = request.user
    answers = user_may(Act.ANSWER_ENQUIRIES, user)
    whole = draw(
        "whole",
        title=title,
        main=main,
        there=in_the_other_language(request),
        nav=shared_part("nav", user_may(Act.FIND, user), getattr(user, "is_staff", False), answers),
        notices=[str(message) for message in get_messages(request)],
    )
    return HttpResponse(whole)

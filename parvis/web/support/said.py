"""What people said of the answers that they got, in their own words: for supervisors."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.casework.enquiries.rated import Words, words_said
from parvis.casework.lines.selectors import lines as all_lines
from parvis.casework.people.policies import Act, user_may
from parvis.lib.dates import Moment
from parvis.lib.text import Text
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.support.pages import moment_of
from parvis.web.support.words import EASE, LANGUAGES, SOLVED, topic_name

_MOST = 50


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What somebody said, and of which enquiry; not who answered it."""

    number: str
    line: Text
    topic: Text
    language: Text
    solved: Text
    ease: Text
    words: str
    at: Moment


@dataclass(frozen=True, slots=True)
class SaidPage:
    """What people said, the newest first."""

    lines: tuple[SaidLine, ...]
    earlier: str
    """Where those before these are; empty where there is none."""


@require_safe
@private
def said(request: HttpRequest) -> HttpResponse:
    """Show what people said in their own words."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.READ_RATINGS, request.user):
        raise Http404
    found = words_said(before=_before(request), most=_MOST + 1)
    names = {one.code: one.terms.name for one in all_lines()}
    earlier = ""
    if len(found) > _MOST:
        earlier = "?" + urlencode({"before": found[_MOST - 1].rated_at.isoformat()})
    page = SaidPage(tuple(_line(one, names) for one in found[:_MOST]), earlier)
    return show(request, "support/said.html", page)


def _before(request: HttpRequest) -> datetime | None:
    told = request.GET.get("before", "")
    try:
        before = datetime.fromisoformat(told) if told else None
    except ValueError:
        raise Http404 from None
    if before is not None and before.tzinfo is None:
        raise Http404
    return before


def _line(one: Words, names: dict[str, Text]) -> SaidLine:
    return SaidLine(
        number=one.number,
        line=names.get(one.line) or Text(en=one.line, fr=one.line),
        topic=topic_name(one.topic),
        language=LANGUAGES[one.language],
        solved=SOLVED[one.solved],
        ease=EASE[one.ease],
        words=one.words,
        at=moment_of(one.rated_at),
    )

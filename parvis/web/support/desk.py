"""The desk of whoever answers: what they have, the next, an enquiry with all about it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.casework.applications.opening import open_file
from parvis.casework.applications.selectors import File, files_of_client
from parvis.casework.documents.store import store
from parvis.casework.enquiries import services
from parvis.casework.enquiries.giving import give_next
from parvis.casework.enquiries.policies import NotSeen
from parvis.casework.enquiries.selectors import Enquiry, document, in_hand
from parvis.casework.enquiries.selectors import enquiry as enquiry_of_id
from parvis.casework.enquiries.status import SPEAKS_OF_THE_FILE, Scan, Status
from parvis.casework.lines.selectors import agent_of
from parvis.casework.lines.selectors import lines as all_lines
from parvis.casework.people.policies import Act, ActRefused, user_may
from parvis.casework.people.selectors import addresses_by_ref
from parvis.lib import clock
from parvis.lib.references import application_number, enquiry_number, enquiry_of
from parvis.lib.text import LANGUAGES, Text
from parvis.programs.topics.loader import all_topics
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.support.days import day_typed, morning_of
from parvis.web.support.drafts import draft
from parvis.web.support.pages import (
    DeskPage,
    MinePage,
    asked_so_far,
    brief_line,
    desk_page,
    is_by_mouth,
    line_name,
)
from parvis.web.support.replies import offered

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_NO_DAY = Text(en="Give a day, like 2027-05-03.", fr="Donnez un jour, comme 2027-05-03.")
_NO_NUMBER = Text(
    en="This is not the number of an enquiry.",
    fr="Ce n’est pas le numéro d’une demande de renseignements.",
)
_NO_TOPIC = Text(en="Choose a topic and a language.", fr="Choisissez un sujet et une langue.")


@require_safe
@private
def mine(request: HttpRequest) -> HttpResponse:
    """Show an agent what they have."""
    return show(request, "support/mine.html", _mine(_agent(request)))


@require_POST
@private
def next_one(request: HttpRequest) -> HttpResponse:
    """Give an agent the next enquiry, and show it."""
    user = _agent(request)
    try:
        given = give_next(to=user, at=clock.now())
    except ActRefused as refused:
        page = replace(_mine(user), wrong=refused.reason)
        return show(request, "support/mine.html", page, status=409)
    if given is None:
        return show(request, "support/mine.html", replace(_mine(user), none=True))
    return redirect("enquiry", enquiry=enquiry_number(given))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def desk(request: HttpRequest, enquiry: str) -> HttpResponse:
    """Show an enquiry with everything about it, and note who looks.

    With a form that is posted it is shown with what was typed, and the reply that was chosen.
    """
    user = _agent(request)
    found = _found(enquiry)
    if request.method == "POST":
        services.keep(conversation=found.brief.id, by=user, at=clock.now())
        found = _found(enquiry)
    page = _shown(request, _page(request, found, user))
    services.note_seen(conversation=found.brief.id, by=user, at=clock.now())
    return page


@require_http_methods(["GET", "HEAD", "POST"])
@private
def act(request: HttpRequest, enquiry: str, act: str) -> HttpResponse:
    """Do something with an enquiry; where that cannot be, say why, and lose nothing typed.

    The page that says so is asked for in the other language, or anew: that is the desk.
    """
    user, found = _agent(request), _found(enquiry)
    doing = _ACTS.get(act)
    if doing is None:
        raise Http404
    if request.method != "POST":
        return redirect("enquiry", enquiry=enquiry)
    try:
        told = doing(request, found, user, clock.now())
    except ActRefused as refused:
        # As it stands now: a message that just came is shown beside what was typed.
        return _shown(request, _page(request, _found(enquiry), user, refused=refused))
    messages.success(request, told)
    after = _found(enquiry)
    if after.merged_into:
        after = _found(enquiry_number(after.merged_into))
    if act == "note" and request.POST.get("words", "").strip():
        # The form of the note has the answer, too: one that is half typed stands there still.
        return _shown(request, _page(request, after, user, spent="note"))
    stays = after.agent == user.pk and after.brief.status is Status.GIVEN
    return redirect("enquiry", enquiry=after.brief.number) if stays else redirect("support")


@require_safe
@private
def attached(request: HttpRequest, attachment: int) -> FileResponse:
    """Send a document that came with an enquiry, once nothing harmful was found in it."""
    _agent(request)
    found = document(attachment)
    if found is None or found.scan is not Scan.CLEAN:
        raise Http404
    # Saved and not shown: whatever it is, it does nothing in our name.
    answer = FileResponse(store().open(found.sha256), as_attachment=True, filename=found.name)
    answer.headers["Content-Type"] = found.media_type or "application/octet-stream"
    return answer


def _agent(request: HttpRequest) -> "User":
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.ANSWER_ENQUIRIES, request.user):
        raise Http404
    return request.user


def _mine(user: "User") -> MinePage:
    lines, now, agent = _lines(), clock.now(), agent_of(user.pk)
    return MinePage(
        lines=tuple(brief_line(one, lines, now) for one in in_hand(user.pk)),
        capacity=None if agent is None else agent.capacity,
        answers_on=tuple(lines[code].terms.name for code in agent.lines) if agent else (),
    )


def _lines() -> dict[str, Any]:
    return {one.code: one for one in all_lines()}


def _found(number: str) -> Enquiry:
    id_ = enquiry_of(number)
    found = None if id_ is None else enquiry_of_id(id_)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, page: DeskPage) -> HttpResponse:
    return show(request, "support/desk.html", page, status=422 if page.wrong else 200)


def _page(
    request: HttpRequest,
    one: Enquiry,
    user: "User",
    *,
    spent: str = "",
    refused: ActRefused | None = None,
) -> DeskPage:
    """Return the desk with what was typed, but for a field that was `spent`."""
    now, told = clock.now(), request.POST.dict()
    told.pop(spent, None)
    # What came since the form was drawn counts as seen no sooner than the agent was told of it.
    is_told = "seen" not in told or isinstance(refused, NotSeen)
    file = _file(one, user, now)
    drafted = draft(
        file=file,
        topic=one.brief.topic,
        proof=one.proof,
        language="fr" if one.brief.language == "fr" else "en",
        now=now,
    )
    lines = _lines()
    name = line_name(one.brief.line, lines)
    offers = offered(told, one, file=file, line=name, now=now)
    authors = {f"user:{each.author}" for each in one.written if each.author}
    return desk_page(
        one,
        user=user.pk,
        lines=lines,
        file=file,
        files=files_of_client(one.client) if one.client and one.proof in SPEAKS_OF_THE_FILE else (),
        # A draft is a letter; whoever is spoken to is told.
        draft=None if is_by_mouth(one) else drafted,
        offers=offers,
        emails=addresses_by_ref({*authors, *([f"user:{one.seen_by}"] if one.seen_by else [])}),
        told=told,
        seen=asked_so_far(one) if is_told else _number(told["seen"]),
        now=now,
        wrong=refused.reason if refused else None,
    )


def _seen(request: HttpRequest) -> int:
    """Return how many messages of theirs a form was drawn with; one that does not say saw none."""
    return _number(request.POST.get("seen", ""))


def _number(told: str) -> int:
    """Return a number of a form; 0 where it is none."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0  # noqa: PLR2004 - digits of a bigint


def _file(one: Enquiry, user: "User", now: datetime) -> File | None:
    """Return the file that an enquiry is about; that an agent looked is written down."""
    if one.application is None or one.proof not in SPEAKS_OF_THE_FILE:
        return None
    found = open_file(number=application_number(one.application), by=user, at=now)
    return found[0] if len(found) == 1 else None


def _answer(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    services.answer(
        conversation=one.brief.id,
        words=request.POST.get("words", ""),
        drafted=request.POST.get("drafted", "") == "yes",
        seen=_seen(request),
        by=by,
        at=at,
    )
    if is_by_mouth(one):
        return _("What you told them is noted.")
    return _("Your answer is on its way.")


def _note(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    services.add_note(conversation=one.brief.id, words=request.POST.get("note", ""), by=by, at=at)
    return _("Your note is kept.")


def _topic(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    topic, language = request.POST.get("topic", ""), request.POST.get("language", "")
    if topic not in all_topics() or language not in LANGUAGES:
        raise ActRefused(_NO_TOPIC.en, _NO_TOPIC.fr)
    services.set_topic(
        conversation=one.brief.id,
        topic=topic,
        language="fr" if language == "fr" else "en",
        by=by,
        at=at,
    )
    return _("Thank you; the next ones like it are recognised better.")


def _link(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    number = request.POST.get("application", "").strip()
    services.link(conversation=one.brief.id, number=number, by=by, at=at)
    return _("The enquiry is linked to the application.")


def _transfer(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    line = request.POST.get("line", "")
    services.transfer(conversation=one.brief.id, line=line, by=by, at=at)
    return _("The other line has it now.")


def _give_back(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    services.give_back(conversation=one.brief.id, by=by, at=at)
    return _("It is back in its queue.")


def _follow_up(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    on = day_typed(request.POST.get("on", ""))
    due_at = morning_of(on)
    if on is None or due_at is None:
        raise ActRefused(_NO_DAY.en, _NO_DAY.fr)
    services.follow_up(
        conversation=one.brief.id, on=on, due_at=due_at, seen=_seen(request), by=by, at=at
    )
    return _("It comes back on that day.")


def _close(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    services.close(conversation=one.brief.id, seen=_seen(request), by=by, at=at)
    return _("The enquiry is closed.")


def _merge(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    into = enquiry_of(request.POST.get("into", ""))
    if into is None:
        raise ActRefused(_NO_NUMBER.en, _NO_NUMBER.fr)
    services.merge(conversation=one.brief.id, into=into, by=by, at=at)
    return _("Both enquiries are one now.")


def _file_document(request: HttpRequest, one: Enquiry, by: "User", at: datetime) -> str:
    services.file_document(
        attachment=_number(request.POST.get("attachment", "")),
        document=request.POST.get("document", ""),
        by=by,
        at=at,
    )
    return _("The document is with the application.")


_ACTS: Mapping[str, Callable[[HttpRequest, Enquiry, "User", datetime], str]] = {
    "answer": _answer,
    "note": _note,
    "topic": _topic,
    "link": _link,
    "transfer": _transfer,
    "give-back": _give_back,
    "follow-up": _follow_up,
    "close": _close,
    "merge": _merge,
    "file": _file_document,
}

"""Noting a call, or somebody at a counter: who they are, what they asked, what they were told."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.casework.applications.opening import open_file
from parvis.casework.applications.selectors import File
from parvis.casework.contacts.facts import is_id
from parvis.casework.contacts.selectors import call_told
from parvis.casework.enquiries.knowing import NOBODY, Known, Said, known_by
from parvis.casework.enquiries.noting import Call, Then, note_call
from parvis.casework.enquiries.selectors import noted_call
from parvis.casework.enquiries.status import SPEAKS_OF_THE_FILE, Channel
from parvis.casework.lines.selectors import agent_of
from parvis.casework.lines.selectors import lines as all_lines
from parvis.casework.people.policies import Act, ActRefused, user_may
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from parvis.lib.text import Text
from parvis.programs.topics.loader import all_topics
from parvis.web.notices.ways_form import NUMBER, plain_number
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.support.call_page import Wrong, call_page, number_of, typed
from parvis.web.support.days import day_typed, morning_of

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_NO_WHO = Text(
    en="Give both the number and the name, or neither.",
    fr="Donnez le numéro et le nom, ou ni l’un ni l’autre.",
)
_NO_DAY = Text(
    en="Give the day on which we received it like 2027-05-03, or leave it out.",
    fr="Donnez le jour où nous l’avons reçue, comme 2027-05-03, ou laissez le champ vide.",
)
_NO_PHONE = Text(
    en="Give a number with its country, like +1 613 555 0123.",
    fr="Donnez un numéro avec l’indicatif du pays, par exemple +1 613 555 0123.",
)
_NO_WORDS = Text(en="Write what they asked.", fr="Écrivez ce que la personne a demandé.")
_NOT_TOLD = Text(
    en="Write what you told them, or say what comes next.",
    fr="Écrivez ce que vous avez répondu, ou dites ce qui suit.",
)
_NO_RETURN = Text(
    en="Choose a day to come, like 2027-05-03.", fr="Choisissez un jour à venir, comme 2027-05-03."
)


@dataclass(slots=True)
class _Typed:
    """What an agent typed, as far as it can be used, and what has to be put right."""

    call: Call
    known: Known = NOBODY
    wrongs: list[Wrong] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def new(request: HttpRequest) -> HttpResponse:
    """Take down a call; where something lacks, say what, and lose nothing that was typed."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    user = request.user
    if not user_may(Act.ANSWER_ENQUIRIES, user):
        raise Http404
    if request.method != "POST":
        return _shown(request, user, _Typed(_call(request.GET, NOBODY)))
    now, told = clock.now(), request.POST
    what = _who(told, user, now)
    if told.get("check") == "yes":
        return _shown(request, user, what)
    _check_rest(what)
    if not what.wrongs:
        try:
            taken = note_call(call=what.call, form=_form(told), by=user, at=now)
        except ActRefused as refused:
            what.wrongs.append(Wrong("line", refused.reason))
        else:
            messages.success(request, _("The conversation is noted."))
            return redirect("enquiry", enquiry=enquiry_number(taken.conversation.pk))
    return _shown(request, user, what)


def _who(told: QueryDict, user: "User", now: datetime) -> _Typed:
    """Return what was typed, with who calls as far as what they say agrees with the file."""
    number, name, received = (typed(told, one) for one in ("number", "name", "received_on"))
    wrong, known = None, NOBODY
    day = day_typed(received)
    if received and day is None:
        wrong = _NO_DAY
    elif bool(number) != bool(name) or (received and not number):
        wrong = _NO_WHO
    elif number:
        said = Said(
            number=number,
            name=name,
            received_on=day,
            document_seen=told.get("document_seen") == "yes",
        )
        try:
            known = known_by(said, channel=_channel(told), by=user, at=now)
        except ActRefused as refused:
            wrong = refused.reason
    wrongs = [] if wrong is None else [Wrong("number", wrong)]
    return _Typed(_call(told, known), known, wrongs)


def _call(told: QueryDict, known: Known) -> Call:
    then = told.get("then", "")
    on: date | None = day_typed(told.get("on", ""))
    topic, phone, contact = told.get("topic", ""), typed(told, "phone"), told.get("contact", "")
    return Call(
        channel=_channel(told),
        line=told.get("line", ""),
        language="fr" if told.get("language") == "fr" else "en",
        topic=topic if topic in all_topics() else "",
        asked=told.get("asked", ""),
        told=told.get("told", ""),
        phone=plain_number(phone) if phone else "",
        contact=contact if is_id(contact) else "",
        known=known,
        then=Then(then) if then in set(Then) else Then.ENDED,
        hand_to=told.get("hand_to", ""),
        on=on,
        due_at=morning_of(on),
    )


def _check_rest(what: _Typed) -> None:
    call = what.call
    if call.phone and not NUMBER.fullmatch(call.phone):
        what.wrongs.append(Wrong("phone", _NO_PHONE))
    if not call.asked.strip():
        what.wrongs.append(Wrong("asked", _NO_WORDS))
    if call.then is Then.ENDED and not call.told.strip():
        what.wrongs.append(Wrong("told", _NOT_TOLD))
    if call.then is Then.LATER and (call.due_at is None or call.due_at <= clock.now()):
        what.wrongs.append(Wrong("on", _NO_RETURN))


def _shown(request: HttpRequest, user: "User", what: _Typed) -> HttpResponse:
    now, agent, contact = clock.now(), agent_of(user.pk), what.call.contact
    page = call_page(
        request.POST,
        form=_form(request.POST),
        contact=contact,
        noted=noted_call(contact),
        call=call_told(contact) if contact else None,
        own=agent.lines if agent else (),
        lines={one.code: one for one in all_lines()},
        language="fr" if get_language() == "fr" else "en",
        known=what.known,
        file=_file(what.known, user, now),
        wrongs=what.wrongs,
        now=now,
    )
    return show(request, "support/call.html", page, status=422 if what.wrongs else 200)


def _file(known: Known, user: "User", now: datetime) -> File | None:
    """Return the file of whoever was checked; that an agent looked is written down."""
    number = number_of(known)
    if number is None or known.proof not in SPEAKS_OF_THE_FILE:
        return None
    found = open_file(number=number, by=user, at=now)
    return found[0] if len(found) == 1 else None


def _channel(told: QueryDict) -> Channel:
    return Channel.WALK_IN if told.get("channel") == Channel.WALK_IN else Channel.PHONE


def _form(told: QueryDict) -> str:
    """Return which form this is, so that the same one sent twice is one call."""
    try:
        return UUID(told.get("form", "")).hex
    except ValueError:
        return uuid4().hex

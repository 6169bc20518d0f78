"""The page on which a call is noted, with all that was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from parvis.casework.applications.selectors import File
from parvis.casework.contacts.state import Call as CallTold
from parvis.casework.enquiries.knowing import Known
from parvis.casework.enquiries.noting import Then
from parvis.casework.enquiries.status import Channel, Proof
from parvis.casework.lines.selectors import KnownLine
from parvis.lib.dates import Moment
from parvis.lib.references import application_number
from parvis.lib.text import Text
from parvis.programs.topics.loader import all_topics
from parvis.readers.tracker import file_page
from parvis.readers.tracker.page import FilePage
from parvis.web.support.pages import Choice, moment_of
from parvis.web.support.words import CHANNELS, LANGUAGES, MAY_SAY

_LONGEST, _LONGEST_WORDS = 200, 20_001
_CHECKS = (
    (
        Proof.NONE,
        Text(en="Nothing was checked", fr="Rien n’a été vérifié"),
    ),
    (
        Proof.NUMBER,
        Text(
            en="The number and the name agree with the application",
            fr="Le numéro et le nom concordent avec la demande",
        ),
    ),
    (
        Proof.AGENT,
        Text(
            en="The day on which we received it agrees, too; or, at a counter, you saw a document"
            " with their picture",
            fr="Le jour où nous l’avons reçue concorde aussi\N{NO-BREAK SPACE}; ou, au comptoir,"
            " vous avez vu une pièce d’identité avec photo",
        ),
    ),
)
_THEN = {
    Then.ENDED: Text(en="Nothing is left to do", fr="Il ne reste rien à faire"),
    Then.LATER: Text(en="It comes back on a day", fr="Cela revient un autre jour"),
    Then.HANDED: Text(en="A line takes it on", fr="Une ligne prend le relais"),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What has to be put right, and at which field."""

    field: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Level:
    """What is known of whoever calls, and what may be said then."""

    known_by: Text
    may_say: Text
    reached: bool


@dataclass(frozen=True, slots=True)
class CallPage:
    """The form as it stands."""

    form: str
    contact: str
    noted: str | None
    """The enquiry in which this call of the telephone system was noted before."""
    told_line: Text | None
    """The line on which the telephone system says that it came."""
    told_at: Moment | None
    channels: tuple[Choice, ...]
    lines: tuple[Choice, ...]
    """Those on which whoever notes it answers; none for who answers nowhere."""
    languages: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    number: str
    name: str
    received_on: str
    document_seen: bool
    levels: tuple[Level, ...]
    checked: bool
    """Whether what they said was compared, and agreed."""
    file: FilePage | None
    asked: str
    told: str
    phone: str
    thens: tuple[Choice, ...]
    on: str
    takers: tuple[Choice, ...]
    wrongs: tuple[Wrong, ...] = ()
    wrong_who: Text | None = None
    wrong_phone: Text | None = None
    wrong_asked: Text | None = None
    wrong_told: Text | None = None
    wrong_on: Text | None = None


def call_page(  # noqa: PLR0913 - each is a part of the page
    told: QueryDict,
    *,
    form: str,
    contact: str,
    noted: str | None,
    call: CallTold | None,
    own: Sequence[str],
    lines: dict[str, KnownLine],
    language: str,
    known: Known,
    file: File | None,
    wrongs: Sequence[Wrong],
    now: datetime,
) -> CallPage:
    """Return the page; `own` are the lines on which whoever notes answers."""
    reasons = {one.field: one.reason for one in wrongs}
    line = told.get("line") or (call.line if call else "")
    spoken = told.get("language") or (call.language if call else "") or language
    then, taker = told.get("then") or Then.ENDED, told.get("hand_to") or line
    came = lines.get(call.line) if call else None
    return CallPage(
        form=form,
        contact=contact,
        noted=noted,
        told_line=came.terms.name if came else None,
        told_at=moment_of(call.offered_at) if call else None,
        channels=tuple(
            Choice(one, CHANNELS[one], one == (told.get("channel") or Channel.PHONE))
            for one in (Channel.PHONE, Channel.WALK_IN)
        ),
        lines=tuple(
            Choice(code, lines[code].terms.name, code == line) for code in own if code in lines
        ),
        languages=tuple(Choice(code, name, code == spoken) for code, name in LANGUAGES.items()),
        topics=tuple(
            Choice(code, one.name, code == told.get("topic")) for code, one in all_topics().items()
        ),
        number=typed(told, "number"),
        name=typed(told, "name"),
        received_on=typed(told, "received_on"),
        document_seen=told.get("document_seen") == "yes",
        levels=tuple(
            Level(
                name,
                MAY_SAY[proof],
                proof is known.proof and (proof is not Proof.NONE or bool(told)),
            )
            for proof, name in _CHECKS
        ),
        checked=known.application is not None,
        file=None if file is None else file_page(file, now),
        asked=typed(told, "asked", _LONGEST_WORDS),
        told=typed(told, "told", _LONGEST_WORDS),
        phone=typed(told, "phone"),
        thens=tuple(Choice(one, name, one == then) for one, name in _THEN.items()),
        on=typed(told, "on"),
        takers=tuple(
            Choice(code, one.terms.name, code == taker)
            for code, one in lines.items()
            if one.closed_at is None
        ),
        wrongs=tuple(wrongs),
        wrong_who=reasons.get("number"),
        wrong_phone=reasons.get("phone"),
        wrong_asked=reasons.get("asked"),
        wrong_told=reasons.get("told"),
        wrong_on=reasons.get("on"),
    )


def typed(told: QueryDict, field: str, most: int = _LONGEST) -> str:
    """Return what was typed into a field."""
    return told.get(field, "").replace("\0", "").strip()[:most]


def number_of(known: Known) -> str | None:
    """Return the number of the application that they are known by."""
    return None if known.application is None else application_number(known.application)

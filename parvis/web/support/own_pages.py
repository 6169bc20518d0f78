"""The pages of a client's own questions, ready for their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parvis.casework.enquiries.selectors import Brief, Document, Enquiry, Written
from parvis.casework.enquiries.status import TURNS, Scan, Status, Turn, Writing
from parvis.lib.dates import Moment
from parvis.lib.references import application_number
from parvis.lib.text import Text
from parvis.web.support.pages import moment_of
from parvis.web.support.words import topic_name

_STANDS: Mapping[Status, Text] = {
    Status.WAITING: Text(en="It waits for an agent", fr="Elle attend un agent"),
    Status.GIVEN: Text(en="An agent has it now", fr="Un agent s’en occupe"),
    Status.ANSWERED: Text(en="We answered", fr="Nous avons répondu"),
    Status.LATER: Text(en="We come back to it later", fr="Nous y reviendrons plus tard"),
    Status.CLOSED: Text(en="It is closed", fr="Elle est fermée"),
    Status.MERGED: Text(en="Part of another question", fr="Jointe à une autre question"),
}
_DOCUMENTS: Mapping[Scan, Text] = {
    Scan.WAITING: Text(
        en="We have it. It is checked for viruses first.",
        fr="Nous l’avons. Nous vérifions d’abord qu’il ne contient pas de virus.",
    ),
    Scan.CLEAN: Text(en="We have it.", fr="Nous l’avons."),
    Scan.HARMFUL: Text(
        en="There is a virus in it, so we cannot open it. Send it from another device.",
        fr="Il contient un virus, donc nous ne pouvons pas l’ouvrir. Envoyez-le d’un autre"
        " appareil.",
    ),
    Scan.UNKNOWN: Text(
        en="We could not check it, so we cannot open it. Send it as a smaller PDF.",
        fr="Nous n’avons pas pu le vérifier, donc nous ne pouvons pas l’ouvrir. Envoyez un PDF"
        " plus petit.",
    ),
}


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A question in the list."""

    number: str
    subject: str
    topic: Text | None
    opened: Moment
    stands: Text
    promised: Moment | None
    """By when we answer, while it is our turn."""
    answered: Moment | None
    """When we first answered."""


@dataclass(frozen=True, slots=True)
class OwnList:
    """The questions of a client, the newest first."""

    lines: tuple[OwnLine, ...]


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document that they sent."""

    name: str
    state: Text
    filed_to: str


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """Something that they wrote, or that we answered."""

    ours: bool
    said: str
    quoted: str
    at: Moment
    documents: tuple[OwnDocument, ...]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One question, with what was written, and what they are writing now."""

    line: OwnLine
    application: str
    messages: tuple[OwnMessage, ...]
    form: str
    words: str
    helped: str = ""
    """Where they say whether our answer helped; empty where that is not asked, or was said."""
    wrong_words: Text | None = None
    wrong_files: Text | None = None

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right."""
        return any((self.wrong_words, self.wrong_files))


@dataclass(frozen=True, slots=True)
class OutOfSight:
    """A question that goes on as part of one that is not in the account of who asked it."""

    number: str
    wrote: bool
    """Whether they wrote into it just now; we have not received that."""
    form: str
    words: str
    wrong_words: Text | None = None
    wrong_files: Text | None = None


def own_list(found: Sequence[Brief]) -> OwnList:
    """Return the list of a client's questions."""
    return OwnList(tuple(map(_line, found)))


def own_page(found: Enquiry, *, form: str, words: str, helped: str) -> OwnPage:
    """Return the page of one question."""
    return OwnPage(
        line=_line(found.brief),
        application=application_number(found.application) if found.application else "",
        messages=tuple(map(_message, found.written)),
        form=form,
        words=words,
        helped=helped,
    )


def _line(one: Brief) -> OwnLine:
    ours = TURNS[one.status] is Turn.US
    return OwnLine(
        number=one.number,
        subject=one.subject,
        topic=topic_name(one.topic) if one.topic else None,
        opened=moment_of(one.opened_at),
        stands=_STANDS[one.status],
        promised=moment_of(one.promised_at) if ours else None,
        answered=moment_of(one.answered_at) if one.answered_at else None,
    )


def _message(one: Written) -> OwnMessage:
    return OwnMessage(
        ours=one.writing in {Writing.OUT, Writing.TOLD},
        said=one.said,
        quoted=one.quoted,
        at=moment_of(one.at),
        documents=tuple(map(_document, one.documents)),
    )


def _document(one: Document) -> OwnDocument:
    filed_to = application_number(one.filed_to) if one.filed_to else ""
    return OwnDocument(one.name, _DOCUMENTS[one.scan], filed_to)

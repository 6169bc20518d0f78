"""All that is held on one file, gathered once: for the page, for the API, and to take along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.selectors import File
from parvis.casework.applications.state import Request, standing
from parvis.casework.documents.selectors import Sent, is_kept, sent
from parvis.casework.events import log
from parvis.casework.people.selectors import client_record, client_record_of, roles_of
from parvis.lib.dates import Day, day, day_of, moment
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.readers.held.entries import Told, entries_of, users_in
from parvis.readers.held.looks import MOST, looks_page
from parvis.readers.held.page import AskedLine, DocumentLine, GivenLine, HeldPage, YouLine
from parvis.readers.held.words import plural, reader_of
from parvis.readers.tracker.page import Named
from parvis.readers.tracker.request import file_name, what_is
from parvis.readers.tracker.words import name_of

_LANGUAGES = {
    "en": Text(en="English", fr="anglais"),
    "fr": Text(en="French", fr="français"),
}
_WAITING = Text(en="Still open.", fr="Toujours en attente.")


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held on a file: its page, and what the page was made of."""

    page: HeldPage
    told: tuple[Told, ...]
    documents: tuple[Sent, ...]


def held_page(file: File, now: datetime, *, looks: int = MOST) -> HeldPage:
    """Return the page of all that is held on a file, with so many of those who looked."""
    return held(file, now, looks=looks).page


def held(file: File, now: datetime, *, looks: int = MOST) -> Held:
    """Return all that is held on a file, in five queries."""
    program = loader.program(file.state.program)
    recorded = log.history(file.id)
    told, withheld = entries_of(file, recorded, program, roles_of(users_in(recorded)))
    documents = sorted(sent(file.id), key=lambda one: (one.received_at, one.id))
    status = standing(file.state, program.dormant_after_days, now)
    page = HeldPage(
        number=file.number,
        source_number=file.source_number,
        program=Named(program.code, program.name),
        status=Named(status, program.statuses[status].name),
        office=None
        if file.state.office is None
        else Named(file.state.office, name_of(file.state.office, program.offices)),
        received_on=day_of(file.state.received_at, program.time_zone),
        as_of=moment(now, program.time_zone),
        you=_you(file),
        entries=tuple(one.line for one in told),
        counted=_counted(len(told), len(documents)),
        documents=tuple(_document(one, file, program) for one in documents),
        asked=tuple(_asked(one, program) for one in file.state.requests),
        given=_given(told),
        withheld=withheld,
        looks=looks_page(file, most=looks),
    )
    return Held(page, tuple(told), tuple(documents))


def _you(file: File) -> YouLine | None:
    reader = reader_of(file)
    if reader != file.user and reader is not None:
        record = client_record_of(reader)
    else:
        record = None if file.state.client is None else client_record(file.state.client)
    if record is None:
        return None
    return YouLine(record.name, _LANGUAGES[record.language], record.email)


def _counted(entries: int, documents: int) -> Text:
    one = plural(entries, ("entry", "entries"), ("inscription", "inscriptions"))
    other = plural(documents, ("document", "documents"), ("document", "documents"))
    return Text(
        en=f"We hold {one.en}, and {other.en} that you sent.",
        fr=f"Nous détenons {one.fr} et {other.fr} de votre part.",
    )


def _document(one: Sent, file: File, program: Program) -> DocumentLine:
    return DocumentLine(
        id=one.id,
        document=Named(one.document, name_of(one.document, program.documents)),
        what=what_is(one.media_type, one.size),
        media_type=one.media_type.value,
        size=one.size,
        sha256=one.sha256,
        sent=moment(one.received_at, program.time_zone),
        name=file_name(one, file.number),
        kept=is_kept(one),
    )


def _asked(one: Request, program: Program) -> AskedLine:
    return AskedLine(
        document=Named(one.document, name_of(one.document, program.documents)),
        asked_on=day_of(one.asked_at, program.time_zone),
        due_on=day(one.due_on) if one.due_on else None,
        outcome=_outcome(one, program),
    )


def _outcome(one: Request, program: Program) -> Text:
    if one.answered_at is not None:
        on = day_of(one.answered_at, program.time_zone).text
        return Text(en=f"Answered on {on.en}.", fr=f"Répondu le {on.fr}.")
    if one.lapsed_at is not None:
        on = day_of(one.lapsed_at, program.time_zone).text
        return Text(
            en=f"No longer needed since {on.en}.", fr=f"N’est plus nécessaire depuis le {on.fr}."
        )
    return _WAITING


def _given(told: Sequence[Told]) -> tuple[GivenLine, ...]:
    return tuple(
        _told(fact, one.line.happened.on)
        for one in told
        if isinstance(fact := one.recorded.fact, DateGiven)
    )


def _told(fact: DateGiven, on: Day) -> GivenLine:
    half, most = day(fact.half_on), day(fact.most_on)
    sentence = Text(
        en=f"10 of 20 by {half.text.en}. 16 of 20 by {most.text.en}.",
        fr=f"10 sur 20 au plus tard le {half.text.fr}. 16 sur 20 au plus tard le {most.text.fr}.",
    )
    return GivenLine(told_on=on, half_on=half, most_on=most, sentence=sentence)

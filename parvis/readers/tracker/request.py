"""One request as its client sees it: what to do, by when, and what they answered so far."""

from dataclasses import dataclass
from datetime import datetime

from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.selectors import File
from parvis.casework.applications.state import State
from parvis.casework.documents.contents import MediaType
from parvis.casework.documents.policies import latest_request
from parvis.casework.documents.selectors import Sent, sent
from parvis.casework.events import log
from parvis.lib.dates import Day, day, day_of
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.programs.vocabulary import AnsweredBy
from parvis.readers.tracker.page import Named
from parvis.readers.tracker.sections import answered_by, task_of
from parvis.readers.tracker.words import name_of, said

KINDS = {MediaType.PDF: "PDF", MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}
SUFFIXES = {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}

CLOCK_STOPPED = Text(
    en="The clock of our service standard stands still until you answer.",
    fr="Le délai de notre norme de service est suspendu jusqu’à votre réponse.",
)


@dataclass(frozen=True, slots=True)
class SentLine:
    """A file that the client sent, and what it is."""

    id: int
    what: Text


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer, told, with the files that came with it."""

    on: Day
    sentence: Text
    files: tuple[SentLine, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an answer came, and when."""

    document: Named
    on: Day
    sentence: Text


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request and its answers."""

    number: str
    program: Named
    document: Named
    task: Text
    answered_by: AnsweredBy
    asked_on: Day
    due_on: Day | None
    overdue: bool
    clock: Text | None
    """Why the clock stands still, while it does because of this request."""
    today: Day
    answers: tuple[AnswerLine, ...]
    """Newest first."""


def request_page(file: File, document: str, now: datetime) -> RequestPage | None:
    """Return the page of a request, in two queries; None where it was never made."""
    state, program = file.state, loader.program(file.state.program)
    request = latest_request(state, document)
    if request is None:
        return None
    today = day_of(now, program.time_zone)
    return RequestPage(
        number=file.number,
        program=Named(program.code, program.name),
        document=Named(document, name_of(document, program.documents)),
        task=task_of(request, program),
        answered_by=answered_by(document, program),
        asked_on=day_of(request.asked_at, program.time_zone),
        due_on=day(request.due_on) if request.due_on else None,
        overdue=request.due_on is not None and request.due_on < today.on,
        clock=CLOCK_STOPPED if request.is_open and request.stops_clock else None,
        today=today,
        answers=_answers(file, document, program),
    )


def size_said(size: int) -> Text:
    """Return a size in bytes as people say it."""
    if size < 1_000_000:  # noqa: PLR2004 - a megabyte
        return Text(en=f"{-(-size // 1000)} KB", fr=f"{-(-size // 1000)}\N{NO-BREAK SPACE}Ko")
    whole = f"{size / 1_000_000:.1f}"
    return Text(en=f"{whole} MB", fr=f"{whole.replace('.', ',')}\N{NO-BREAK SPACE}Mo")


def receipt(state: State, document: str, *, again: bool) -> Receipt:
    """Return what to tell whoever has just answered a request, or answers it once `again`."""
    program = loader.program(state.program)
    request = latest_request(state, document)
    assert request is not None  # noqa: S101 - a receipt follows an answer
    assert request.answered_at is not None  # noqa: S101
    name, on = name_of(document, program.documents), day_of(request.answered_at, program.time_zone)
    en, fr = ("We have it already. ", "Nous l’avons déjà. ") if again else ("", "")
    sentence = Text(
        en=f"{en}We received: {name.en} on {on.text.en}.",
        fr=f"{fr}Nous avons reçu\N{NO-BREAK SPACE}: {name.fr} le {on.text.fr}.",
    )
    return Receipt(Named(document, name), on, sentence)


def what_is(media_type: MediaType, size: int) -> Text:
    """Return what a file is: its kind and its size."""
    said_size = size_said(size)
    return Text(
        en=f"{KINDS[media_type]}, {said_size.en}", fr=f"{KINDS[media_type]}, {said_size.fr}"
    )


def file_name(one: Sent, number: str) -> str:
    """Return what a file is called when it is saved: by what it is, since names are not kept."""
    return f"{number}-{one.document}-{one.id}.{SUFFIXES[one.media_type]}"


def _answers(file: File, document: str, program: Program) -> tuple[AnswerLine, ...]:
    files = sent(file.id, document)
    told = [
        AnswerLine(
            day_of(recorded.at, program.time_zone),
            said(recorded.fact, program),
            tuple(
                SentLine(one.id, what_is(one.media_type, one.size))
                for one in files
                if one.received_at == recorded.at
            ),
        )
        for recorded in log.history(file.id)
        if isinstance(recorded.fact, ClientAnswered) and recorded.fact.document == document
    ]
    return tuple(reversed(told))

"""Sections and requests: what is done, what goes on, and what the client still has to do."""

from collections.abc import Iterable
from datetime import date, datetime

from parvis.casework.applications.state import Request, Section, State
from parvis.casework.events.log import Recorded
from parvis.lib.dates import day, day_of
from parvis.lib.text import Text
from parvis.programs.schema import Program
from parvis.programs.vocabulary import AnsweredBy, SectionStatus
from parvis.readers.tracker.page import Named, RequestLine, SectionLine, SectionStatusLine
from parvis.readers.tracker.words import name_of

_NOT_STARTED = Text(en="We have not started this yet.", fr="Nous n’avons pas encore commencé.")
_NEVER_STARTED = Text(
    en="Your application closed before we started this.",
    fr="Votre demande a été fermée avant cette étape.",
)
_EXEMPTED = Text(en="You do not need this.", fr="Cette étape n’est pas requise.")
_LEFT_OPEN = Text(
    en="This was open when your application closed.",
    fr="Cette étape était ouverte à la fermeture de votre demande.",
)
_WORKING = Text(en="We are working on this.", fr="Nous y travaillons.")


def requests_of(state: State, program: Program, today: date) -> tuple[RequestLine, ...]:
    """Return what the client still has to do, the most urgent first."""
    still_open = [request for request in state.requests if request.is_open]
    still_open.sort(key=lambda request: (request.due_on or date.max, request.asked_at))
    return tuple(
        RequestLine(
            document=Named(request.document, name_of(request.document, program.documents)),
            task=task_of(request, program),
            answered_by=answered_by(request.document, program),
            asked_on=day_of(request.asked_at, program.time_zone),
            due_on=day(request.due_on) if request.due_on else None,
            overdue=request.due_on is not None and request.due_on < today,
        )
        for request in still_open
    )


def sections_of(state: State, program: Program) -> tuple[SectionLine, ...]:
    """Return every section in the program's order; last, those that it has since dropped."""
    dropped = [code for code in state.sections if code not in program.sections]
    return tuple(_line(code, state, program) for code in (*program.sections, *dropped))


def last_worked_on(state: State, program: Program, history: Iterable[Recorded]) -> str | None:
    """Return the code of the section in progress that was most recently worked on, if any."""
    touched = {
        code: section.since
        for code, section in state.sections.items()
        if section.status is SectionStatus.IN_PROGRESS and code in program.sections
    }
    for recorded in history:
        code = getattr(recorded.fact, "section", None)
        if code in touched:
            touched[code] = max(touched[code], recorded.at)
    order = list(program.sections)

    def when(code: str) -> tuple[datetime, int]:
        return touched[code], order.index(code)

    return max(touched, key=when, default=None)


def answered_by(document: str, program: Program) -> AnsweredBy:
    """Return how a request is answered; with files where the program has dropped its document."""
    known = program.documents.get(document)
    return known.answered_by if known else AnsweredBy.UPLOAD


def task_of(request: Request, program: Program) -> Text:
    """Return what the client must do, as a sentence."""
    known = program.documents.get(request.document)
    if known is not None:
        return known.task
    return Text(
        en=f"Send us: {request.document}.",
        fr=f"Envoyez-nous\N{NO-BREAK SPACE}: {request.document}.",
    )


def _line(code: str, state: State, program: Program) -> SectionLine:
    section = state.sections.get(code)
    status = section.status if section else SectionStatus.NOT_STARTED
    return SectionLine(
        code=code,
        name=name_of(code, program.sections),
        status=SectionStatusLine(status, program.section_statuses[status]),
        sentence=_sentence(code, section, state, program),
    )


def _sentence(code: str, section: Section | None, state: State, program: Program) -> Text:
    status = section.status if section else SectionStatus.NOT_STARTED
    if section is not None and status is SectionStatus.COMPLETED:
        on = day_of(section.since, program.time_zone).text
        return Text(en=f"We finished this on {on.en}.", fr=f"Nous avons terminé le {on.fr}.")
    if status is SectionStatus.EXEMPTED:
        return _EXEMPTED
    if status is SectionStatus.NOT_STARTED:
        return _NOT_STARTED if state.closed_at is None else _NEVER_STARTED
    asked = [one for one in state.requests if one.is_open and one.section == code]
    if status is SectionStatus.WAITING_ON_CLIENT and asked:
        return task_of(asked[0], program)
    if state.closed_at is not None:
        return _LEFT_OPEN
    return program.sections[code].doing if code in program.sections else _WORKING

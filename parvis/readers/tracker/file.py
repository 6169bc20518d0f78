"""One file as its reader sees it, made anew from its state and its facts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.selectors import File
from parvis.casework.applications.state import standing
from parvis.casework.applications.status import TURN
from parvis.casework.events import log
from parvis.casework.events.log import Recorded
from parvis.lib.dates import day_of
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Status
from parvis.readers.tracker.estimate import estimate
from parvis.readers.tracker.history import told
from parvis.readers.tracker.page import (
    FileLine,
    FilePage,
    Named,
    RequestLine,
    StatusLine,
    TurnLine,
)
from parvis.readers.tracker.sections import last_worked_on, requests_of, sections_of
from parvis.readers.tracker.similar import similar_files
from parvis.readers.tracker.standard import service_standard
from parvis.readers.tracker.words import due_said, name_of


def file_page(
    file: File, now: datetime, *, officer: bool = False, since: datetime | None = None
) -> FilePage:
    """Return the page of a file; what is for officers only is told to them alone.

    It takes one query, or none where the file's facts came along with it.

    What was recorded `since` the reader's last visit is told to be new.

    Dates that its client was told before are no news: of these, its state keeps the last.
    """
    recorded = file.recorded
    if recorded is None:
        recorded = log.history(file.id, leaving_out=DateGiven.KIND)
    return page_of(file, recorded, now, officer=officer, since=since)


def page_of(
    file: File,
    recorded: Sequence[Recorded],
    now: datetime,
    *,
    officer: bool = False,
    since: datetime | None = None,
) -> FilePage:
    """Return the page of a file from its facts, without a query."""
    state, program = file.state, loader.program(file.state.program)
    zone = program.time_zone
    status = standing(state, program.dormant_after_days, now)
    requests = requests_of(state, program, now.astimezone(zone).date())
    history = tuple(told(recorded, program, officer=officer, since=since))
    return FilePage(
        number=file.number,
        source_number=file.source_number,
        program=Named(program.code, program.name),
        status=StatusLine(status, program.statuses[status].name),
        headline=_headline(status, program, requests, last_worked_on(state, program, recorded)),
        turn=TurnLine(TURN[status], program.turns[TURN[status]]),
        next=_next(status, program, requests),
        requests=requests,
        sections=sections_of(state, program),
        history=history,
        office=Named(state.office, name_of(state.office, program.offices))
        if state.office
        else None,
        service_standard=service_standard(state, program, now),
        estimate=estimate(state, program, recorded, now),
        similar=similar_files(state, program, now),
        received_on=day_of(state.received_at, zone),
        closed_on=day_of(state.closed_at, zone) if state.closed_at else None,
        updated_on=history[0].on if history else day_of(state.received_at, zone),
    )


def file_lines(files: Iterable[File], now: datetime) -> tuple[FileLine, ...]:
    """Return a line for each file, in the order given, without a query."""
    return tuple(_line(file, now) for file in files)


def _line(file: File, now: datetime) -> FileLine:
    state, program = file.state, loader.program(file.state.program)
    status = standing(state, program.dormant_after_days, now)
    requests = requests_of(state, program, now.astimezone(program.time_zone).date())
    return FileLine(
        number=file.number,
        program=Named(program.code, program.name),
        status=StatusLine(status, program.statuses[status].name),
        headline=_headline(status, program, requests, last_worked_on(state, program, ())),
        turn=TurnLine(TURN[status], program.turns[TURN[status]]),
        received_on=day_of(state.received_at, program.time_zone),
    )


def _headline(
    status: Status, program: Program, requests: tuple[RequestLine, ...], section: str | None
) -> Text:
    if status is Status.WAITING_ON_CLIENT and requests:
        return _task_with_its_day(requests[0])
    if status is Status.IN_PROGRESS and section is not None:
        return program.sections[section].doing
    return program.statuses[status].headline


def _task_with_its_day(request: RequestLine) -> Text:
    task, due = request.task, due_said(request)
    return task if due is None else Text(en=f"{task.en} {due.en}", fr=f"{task.fr} {due.fr}")


def _next(status: Status, program: Program, requests: tuple[RequestLine, ...]) -> Text:
    if status is Status.WAITING_ON_CLIENT and requests and requests[0].overdue:
        return Text(
            en="The date has passed. Answer now, or ask us for more time.",
            fr="La date est passée. Répondez maintenant ou demandez-nous plus de temps.",
        )
    return program.statuses[status].next

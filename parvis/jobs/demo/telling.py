"""Tell a story of the demo department by the services and by nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from parvis.casework.applications import services
from parvis.jobs.demo.stories import Story
from parvis.programs import loader
from parvis.programs.vocabulary import AnsweredBy, Outcome


def tell(story: Story, *, client: int, by: str, now: datetime) -> int:
    """Bring about what happened to a file; return how many facts that was."""
    received_at = now - timedelta(days=story.ago)
    application = services.receive(
        program=story.program, client=client, office=story.office, by=by, at=received_at
    )
    for line in story.acts:
        day, act, *what = line.split()
        at = received_at + timedelta(days=int(day))
        _ACTS[act](*what)(application=application, by=by, at=at)
    return 1 + len(story.acts)


def _ask(document: str, section: str, *, application: Any, by: str, at: datetime) -> None:
    """Ask for a document, with the days to answer that the program gives."""
    program = loader.program(application.program)
    days = program.documents[document].days_to_answer
    services.ask_client(
        application=application,
        document=document,
        section=section,
        due_on=at.astimezone(program.time_zone).date() + timedelta(days=days),
        by=by,
        at=at,
    )


def _answer(document: str, *, application: Any, by: str, at: datetime) -> None:
    """Take an answer; a visit was on the day on which it comes."""
    program = loader.program(application.program)
    visit = program.documents[document].answered_by is AnsweredBy.VISIT
    services.receive_answer(
        application=application,
        document=document,
        done_on=at.astimezone(program.time_zone).date() if visit else None,
        by=by,
        at=at,
    )


_ACTS: dict[str, Callable[..., Callable[..., Any]]] = {
    "acknowledge": lambda: services.acknowledge,
    "open": lambda section: partial(services.open_section, section=section),
    "complete": lambda section: partial(services.complete_section, section=section),
    "exempt": lambda section: partial(services.exempt_section, section=section),
    "ask": lambda document, section: partial(_ask, document, section),
    "answer": lambda document: partial(_answer, document),
    "transfer": lambda office: partial(services.transfer, office=office),
    "approve": lambda: partial(services.decide, outcome=Outcome.APPROVED),
    "refuse": lambda: partial(services.decide, outcome=Outcome.REFUSED),
    "withdraw": lambda: services.withdraw,
    "abandon": lambda: services.abandon,
    "reopen": lambda: services.reopen,
}

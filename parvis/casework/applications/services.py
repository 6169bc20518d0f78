"""Things people do to applications: each act is one transaction and one fact."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from parvis.casework.applications import facts, policies
from parvis.casework.applications.models import Adult, Application
from parvis.casework.applications.selectors import adults_on
from parvis.casework.applications.state import State, fold
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.programs import loader
from parvis.programs.vocabulary import Outcome, SectionStatus, Status


class HistoryUnread(RuntimeError):
    """A file's facts do not begin with its receipt."""


@transaction.atomic
def receive(
    *, program: str, client: int | None, office: str | None, by: str, at: datetime
) -> Application:
    """Open a file for an application that arrived."""
    loader.program(program)
    [head] = log.reserve(1)
    fact = facts.Received(program=program, client=client, office=office)
    log.write([(head, [(at, fact)])], kind=SubjectKind.APPLICATION, by=by)
    application = Application(id=head.subject_id)
    application.keep(_folded(log.history(application.id)))
    application.save(force_insert=True)
    return application


@transaction.atomic
def add_adult(*, application: int, client: int, by: str, at: datetime) -> Application:
    """Put another adult on an application, by its id, who sees it then as its client does."""

    def check(state: State) -> None:
        own = [] if state.client is None else [state.client]
        policies.check_can_add_adult(state, client, [*own, *adults_on(application)])

    done = _act(Application(id=application), facts.AdultAdded(client=client), check, by, at)
    Adult.objects.create(application=application, client_id=client)
    return done


@transaction.atomic
def remove_adult(*, application: int, client: int, by: str, at: datetime) -> Application:
    """Take an adult off an application, by its id, closed ones too: they see it no more."""

    def check(state: State) -> None:
        policies.check_can_remove_adult(client, adults_on(application))

    done = _act(Application(id=application), facts.AdultRemoved(client=client), check, by, at)
    Adult.objects.filter(application=application, client_id=client).delete()
    return done


def acknowledge(*, application: Application, by: str, at: datetime) -> Application:
    """Tell the client that the application is complete and being processed."""
    return _act(application, facts.Acknowledged(), policies.check_can_acknowledge, by, at)


def open_section(*, application: Application, section: str, by: str, at: datetime) -> Application:
    """Begin the review of a section, or begin it again."""
    fact = facts.SectionOpened(section=section)
    return _turn_section(application, fact, SectionStatus.IN_PROGRESS, by, at)


def complete_section(
    *, application: Application, section: str, by: str, at: datetime
) -> Application:
    """End the review of a section."""
    fact = facts.SectionCompleted(section=section)
    return _turn_section(application, fact, SectionStatus.COMPLETED, by, at)


def exempt_section(*, application: Application, section: str, by: str, at: datetime) -> Application:
    """Free the client from a section."""
    fact = facts.SectionExempted(section=section)
    return _turn_section(application, fact, SectionStatus.EXEMPTED, by, at)


def ask_client(  # noqa: PLR0913 - an act says what, where, until when, by whom and when
    *,
    application: Application,
    document: str,
    section: str | None,
    due_on: date | None,
    by: str,
    at: datetime,
) -> Application:
    """Ask the client for a document and hand them the turn; the program says if the clock stops."""
    program = loader.program(application.program)

    def check(state: State) -> None:
        policies.check_can_ask(state, program, document, section)

    asked = program.documents.get(document)
    fact = facts.ClientAsked(
        document=document,
        section=section,
        due_on=due_on,
        stops_clock=asked is not None and asked.stops_clock,
    )
    return _act(application, fact, check, by, at)


def receive_answer(  # noqa: PLR0913 - an act says what, with what, by whom and when
    *,
    application: Application,
    document: str,
    files: tuple[str, ...] | None = None,
    done_on: date | None = None,
    mandate: int | None = None,
    by: str,
    at: datetime,
) -> Application:
    """Take what the client was asked for; the turn comes back once nothing more is open."""
    fact = facts.ClientAnswered(document=document, files=files, done_on=done_on, mandate=mandate)
    return _act(application, fact, lambda s: policies.check_can_answer(s, document), by, at)


def transfer(*, application: Application, office: str, by: str, at: datetime) -> Application:
    """Send the file to another office."""
    program = loader.program(application.program)
    known = program.offices.get(office)
    fact = facts.Transferred(office=office, partner=known is not None and known.partner)
    return _act(
        application, fact, lambda s: policies.check_can_transfer(s, program, office), by, at
    )


def decide(*, application: Application, outcome: Outcome, by: str, at: datetime) -> Application:
    """Decide the application."""
    fact = facts.Decided(outcome=outcome)
    return _act(application, fact, lambda s: policies.check_can_decide(s, outcome), by, at)


def withdraw(*, application: Application, by: str, at: datetime) -> Application:
    """Take the application back, at the client's wish."""
    return _end(application, facts.Withdrawn(), Status.WITHDRAWN, by, at)


def abandon(*, application: Application, by: str, at: datetime) -> Application:
    """Close the file because the client did not answer."""
    return _end(application, facts.Abandoned(), Status.ABANDONED, by, at)


def reopen(*, application: Application, by: str, at: datetime) -> Application:
    """Take up a closed file again."""
    return _act(application, facts.Reopened(), policies.check_can_reopen, by, at)


@transaction.atomic
def _act(
    application: Application, fact: Fact, check: Callable[[State], None], by: str, at: datetime
) -> Application:
    """Lock the file, ask whether it may be, append the fact and keep the new state."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    check(application.state)
    log.append(application.id, [fact], kind=SubjectKind.APPLICATION, by=by, at=at)
    application.keep(_folded(log.history(application.id)))
    application.save()
    return application


def _turn_section(
    application: Application,
    fact: facts.SectionOpened | facts.SectionCompleted | facts.SectionExempted,
    to: SectionStatus,
    by: str,
    at: datetime,
) -> Application:
    program = loader.program(application.program)

    def check(state: State) -> None:
        policies.check_can_turn_section(state, program, fact.section, to)

    return _act(application, fact, check, by, at)


def _end(application: Application, fact: Fact, to: Status, by: str, at: datetime) -> Application:
    return _act(application, fact, lambda state: policies.check_can_move(state, to), by, at)


def _folded(history: list[log.Recorded]) -> State:
    state = fold((recorded.at, recorded.fact) for recorded in history)
    if state is None:
        raise HistoryUnread("a file begins when its application is received")
    return state

"""Opening lines, changing and staffing them, and closing them into the archive."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.lines import facts, policies
from parvis.casework.lines.models import Agent, Line, Place
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.programs.support_lines.loader import shipped_lines
from parvis.programs.support_lines.schema import Terms

_HOUSE = "house"
_LOCK = 0x9A721F
"""Our number among the database's advisory locks: of two who open lines, one waits."""
_log = logging.getLogger(__name__)


@transaction.atomic
def open_line(  # noqa: PLR0913 - a line is opened with what it is, who answers, and by whom
    *,
    code: str,
    terms: Terms,
    like: str | None = None,
    lend: Sequence[User] = (),
    by: User | None,
    at: datetime,
) -> int:
    """Open a line, with these terms, under a code that none has had; return its subject.

    Those whom other lines `lend` answer on it from the start.
    """
    policies.check_may_open_lines(by)
    policies.check_code(code)
    _wait_for_others()
    policies.check_code_is_free(code)
    policies.check_address_is_free(terms.channels.email)
    [head] = log.reserve(1)
    Line.objects.create(
        id=head.subject_id,
        code=code,
        terms=terms.as_data(),
        email=terms.channels.email,
        opened_at=at,
    )
    fact = facts.LineOpened(code=code, like=like, terms=terms.model_dump_json(exclude_none=True))
    log.write([(head, [(at, fact)])], kind=SubjectKind.LINE, by=_ref(by))
    for user in lend:
        _staff(code, user, lent=True, by=by, at=at)
    return head.subject_id


def open_shipped_lines(*, at: datetime) -> list[str]:
    """Open the lines that every house has, and that were never opened; return their codes.

    One that the department has changed, or closed, stays as it made it.
    """
    opened = []
    with transaction.atomic():
        _wait_for_others()
        there = set(Line.objects.values_list("code", flat=True))
        for code, line in shipped_lines().items():
            if code in there:
                continue
            try:
                open_line(code=code, terms=line.terms, by=None, at=at)
            except ActRefused as refused:
                _log.warning("The line %s is not opened: %s", code, refused)
                continue
            opened.append(code)
    return opened


@transaction.atomic
def change_line(*, line: str, terms: Terms, by: User | None, at: datetime) -> None:
    """Give a line other terms from now on."""
    row = _to_change(line, by)
    _wait_for_others()
    policies.check_address_is_free(terms.channels.email, but=row.pk)
    if row.terms == terms.as_data():
        return
    row.terms, row.email = terms.as_data(), terms.channels.email
    row.save(update_fields=["terms", "email"])
    _record(row, facts.LineChanged(terms=terms.model_dump_json(exclude_none=True)), by, at)


@transaction.atomic
def change_hours(
    *, line: str, hours: Mapping[str, Sequence[str]], by: User | None, at: datetime
) -> None:
    """Have a line open at other hours of the week from now on, as `06:30-19:00` by day.

    Raises pydantic's `ValidationError` where they cannot be read.
    """
    said = Line.objects.get(code=line).terms | {
        "hours": {day: list(spans) for day, spans in hours.items()}
    }
    change_line(line=line, terms=Terms.model_validate(said), by=by, at=at)


@transaction.atomic
def close_line(*, line: str, by: User | None, at: datetime) -> None:
    """Close a line into the archive: it stays to be read, takes nothing new, and lets all go."""
    policies.check_may_open_lines(by)
    row = Line.objects.select_for_update().get(code=line)
    policies.check_can_close(row)
    if row.closed_at is not None:
        return
    policies.check_not_before(at, row)
    for place in Place.objects.filter(line=row, until=None).order_by("pk"):
        _leave(row, place, by, at)
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    _record(row, facts.LineClosed(), by, at)


@transaction.atomic
def describe_agent(  # noqa: PLR0913 - a profile says what an agent can do, and by whom it is said
    *,
    user: User,
    languages: Sequence[str],
    skills: Sequence[str] = (),
    capacity: int = 3,
    by: User | None,
    at: datetime,
) -> None:
    """Say in which languages somebody answers, what they know, and how much at a time.

    Like the role that they sign in with it is kept as it stands, and is no fact of the log.
    """
    policies.check_may_open_lines(by)
    policies.check_answers(user)
    policies.check_profile(tuple(languages), tuple(skills), capacity)
    told = {
        "languages": sorted(set(languages)),
        "skills": sorted(set(skills)),
        "capacity": capacity,
    }
    Agent.objects.update_or_create(user=user, defaults=told)


@transaction.atomic
def place_agent(*, line: str, user: User, by: User | None, at: datetime) -> None:
    """Have somebody answer on a line as their own."""
    _staff(line, user, lent=False, by=by, at=at)


@transaction.atomic
def lend_agent(*, line: str, user: User, by: User | None, at: datetime) -> None:
    """Lend somebody to a line: they answer there alone until they return to their own."""
    _staff(line, user, lent=True, by=by, at=at)


@transaction.atomic
def return_agent(*, line: str, user: User, by: User | None, at: datetime) -> None:
    """Have somebody leave a line: who was lent to it goes back to their own."""
    policies.check_may_open_lines(by)
    row = Line.objects.select_for_update().get(code=line)
    place = Place.objects.filter(line=row, agent=user.pk, until=None).first()
    if place is not None:
        _leave(row, place, by, at)


def _staff(line: str, user: User, *, lent: bool, by: User | None, at: datetime) -> None:
    row = _to_change(line, by)
    policies.check_answers(user)
    agent = Agent.objects.select_for_update().filter(pk=user.pk).first()
    if agent is None:
        raise ActRefused(
            "Say first which languages they answer in.",
            "Dites d’abord dans quelles langues cette personne répond.",
        )
    policies.check_knows_enough(agent, Terms.model_validate(row.terms).skills)
    if lent:
        policies.check_is_not_lent_elsewhere(agent, row)
    place = Place.objects.filter(line=row, agent=agent, until=None).first()
    if place is not None:
        if place.lent == lent:
            return
        _leave(row, place, by, at)
    Place.objects.create(line=row, agent=agent, lent=lent, since=at)
    _record(row, facts.LineStaffed(agent=user.pk, lent=lent), by, at)


def _leave(row: Line, place: Place, by: User | None, at: datetime) -> None:
    place.until = at
    place.save(update_fields=["until"])
    _record(row, facts.AgentReturned(agent=place.agent_id), by, at)


def _to_change(line: str, by: User | None) -> Line:
    """Return a line that goes on, held until the transaction ends."""
    policies.check_may_open_lines(by)
    row = Line.objects.select_for_update().get(code=line)
    policies.check_is_open(row)
    return row


def _wait_for_others() -> None:
    """Have one open or change lines at a time: codes and addresses are checked before they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _ref(by: User | None) -> str:
    return _HOUSE if by is None else by.ref


def _record(row: Line, fact: Fact, by: User | None, at: datetime) -> None:
    log.append(row.pk, [fact], kind=SubjectKind.LINE, by=_ref(by), at=at)

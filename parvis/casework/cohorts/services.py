"""Opening the new door to some clients, to more of them, and closing it."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parvis.casework.cohorts import facts, policies
from parvis.casework.cohorts.models import Cohort, Counted, Named, SignIn
from parvis.casework.cohorts.status import CohortKind, Door
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.roles import Role

_HOUSE = "house"
FIGURES = ("sign_ins", "tasks", "enquiries", "ratings", "easy")


@dataclass(frozen=True, slots=True)
class DayCounted:
    """What another system counted on a day, at a door; None for what it does not tell."""

    door: Door
    day: date
    figures: dict[str, int | None]


@transaction.atomic
def open_to(  # noqa: PLR0913 - an opening says to whom, by whom and when
    *,
    kind: CohortKind,
    share: int | None = None,
    program: str | None = None,
    clients: Collection[int] = (),
    by: User | None,
    at: datetime,
) -> int:
    """Open the door to a share of clients (of 10,000), to a program's, or to those named.

    From the first opening on, a client whom no opening lets in is shown to the other door.
    """
    policies.check_may_open(by)
    if kind is CohortKind.SHARE:
        policies.check_share(share)
    elif kind is CohortKind.PROGRAM:
        policies.check_program(program)
    else:
        _check_named(clients)
    [head] = log.reserve(1)
    cohort = Cohort.objects.create(
        id=head.subject_id,
        kind=kind,
        share=share if kind is CohortKind.SHARE else None,
        program=program if kind is CohortKind.PROGRAM else None,
        salt=secrets.token_hex(16),
        opened_at=at,
    )
    if kind is CohortKind.LIST:
        _name(cohort, clients)
    fact = facts.DoorOpened(
        to=kind,
        share=cohort.share,
        program=cohort.program,
        clients=len(set(clients)) if kind is CohortKind.LIST else None,
    )
    log.write([(head, [(at, fact)])], kind=SubjectKind.DOOR, by=_ref(by))
    return cohort.pk


@transaction.atomic
def raise_to(*, cohort: int, share: int, by: User | None, at: datetime) -> None:
    """Open the door to a greater share: who is in stays in."""
    policies.check_may_open(by)
    row = Cohort.objects.select_for_update().get(pk=cohort)
    policies.check_can_raise(row, share)
    row.share = share
    row.save(update_fields=["share"])
    _record(row, facts.DoorRaised(share=share), by, at)


@transaction.atomic
def name_more(*, cohort: int, clients: Collection[int], by: User | None, at: datetime) -> None:
    """Open the door to more clients by name."""
    policies.check_may_open(by)
    row = Cohort.objects.select_for_update().get(pk=cohort)
    policies.check_goes_on(row)
    if row.kind != CohortKind.LIST:
        raise ActRefused("Only a list takes names.", "Seule une liste prend des noms.")
    _check_named(clients)
    _name(row, clients)
    _record(row, facts.DoorRaised(clients=len(set(clients))), by, at)


@transaction.atomic
def stop(*, cohort: int, by: User | None, at: datetime) -> None:
    """Close the door to those clients, from their next page on."""
    policies.check_may_open(by)
    row = Cohort.objects.select_for_update().get(pk=cohort)
    if row.stopped_at is not None:
        return
    row.stopped_at = at
    row.save(update_fields=["stopped_at"])
    _record(row, facts.DoorStopped(), by, at)


def record_sign_in(*, user: User, let_in: bool, at: datetime) -> None:
    """Count that somebody from outside signed in; of staff, nobody counts."""
    if user.role == Role.PERSON:
        SignIn.objects.create(user=user.pk, let_in=let_in, at=at)


@transaction.atomic
def count_days(*, days: Sequence[DayCounted], by: User | None, at: datetime) -> None:
    """Keep what another system counted; a day that is told again has its figures anew."""
    policies.check_may_open(by)
    chains = []
    for one, head in zip(days, log.reserve(len(days)), strict=True):
        Counted.objects.update_or_create(door=one.door, day=one.day, defaults=one.figures)
        figures: dict[str, Any] = {**one.figures}
        fact = facts.DoorCounted(door=one.door, day=one.day, **figures)
        chains.append((head, [(at, fact)]))
    log.write(chains, kind=SubjectKind.DOOR, by=_ref(by))


def _check_named(clients: Collection[int]) -> None:
    wanted = set(clients)
    known = set(Client.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if not wanted or wanted != known:
        missing = ", ".join(map(str, sorted(wanted - known)[:5])) or "–"
        raise ActRefused(
            f"Name clients that there are. Not known: {missing}.",
            f"Nommez des clients qui existent. Inconnus : {missing}.",
        )


def _name(cohort: Cohort, clients: Collection[int]) -> None:
    Named.objects.bulk_create(
        [Named(cohort=cohort, client=client) for client in sorted(set(clients))],
        ignore_conflicts=True,
    )


def _ref(by: User | None) -> str:
    return _HOUSE if by is None else by.ref


def _record(row: Cohort, fact: Fact, by: User | None, at: datetime) -> None:
    log.append(row.pk, [fact], kind=SubjectKind.DOOR, by=_ref(by), at=at)

"""Giving, accepting, declining and ending mandates: each act is one fact on the client."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.mandates import facts, policies
from parvis.casework.mandates.models import Mandate, Member
from parvis.casework.mandates.terms import MandateRefused, Terms, wrongs_of
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.selectors import addresses_of


@dataclass(frozen=True, slots=True)
class Given:
    """The mandate that was given; `again` where the very same one stood already."""

    id: int
    again: bool


@transaction.atomic
def give_mandate(
    *, client: Client, terms: Terms, own: Collection[int], by: User, at: datetime
) -> Given:
    """Give a mandate to whoever signs in with an address; `own` are the files of the client.

    Nobody is looked up by the address, so that nothing can be learned of who has an account. Raises
    `MandateRefused` where the terms are wrong; the same mandate given twice is one.
    """
    policies.check_can_give(client, by)
    if wrongs := wrongs_of(terms, own_addresses=addresses_of(by), own=own, at=at):
        raise MandateRefused(*wrongs)
    log.lock([client.pk])
    acts, files = sorted(terms.acts), _files(terms)
    alike = Mandate.objects.filter(
        client=client,
        kind=terms.kind,
        address=terms.address,
        acts=acts,
        applications=files,
        ends_at=terms.ends_at,
        receives=terms.receives,
        ended_at=None,
    )
    for one in alike.order_by("id"):
        if max(one.begins_at, at) == max(terms.begins_at, at):
            return Given(one.pk, again=True)
    mandate = Mandate.objects.create(
        client=client,
        kind=terms.kind,
        address=terms.address,
        acts=acts,
        applications=files,
        begins_at=terms.begins_at,
        ends_at=terms.ends_at,
        receives=terms.receives,
        given_at=at,
    )
    fact = facts.MandateGiven(
        mandate=mandate.pk,
        kind=terms.kind,
        acts=tuple(acts),
        applications=None if files is None else tuple(files),
        begins_at=terms.begins_at,
        ends_at=terms.ends_at,
        receives=terms.receives or None,
    )
    _record(mandate, fact, by, at)
    return Given(mandate.pk, again=False)


@transaction.atomic
def accept_mandate(*, mandate: int, firm: int | None = None, by: User, at: datetime) -> None:
    """Accept a mandate for oneself, or for the firm that one is of."""
    row = _locked(mandate)
    if (row.user_id, row.firm_id, row.ended_at) == (by.pk, firm, None):
        return
    policies.check_can_accept(row, by, at)
    if firm is not None and not _is_of(firm, by):
        raise ActRefused("You are not of this firm.", "Vous ne faites pas partie de ce cabinet.")
    row.user, row.firm_id, row.accepted_at = by, firm, at
    row.save(update_fields=["user", "firm", "accepted_at"])
    _record(row, facts.MandateAccepted(mandate=row.pk, firm=firm), by, at)


@transaction.atomic
def decline_mandate(*, mandate: int, by: User, at: datetime) -> None:
    """Decline a mandate that one was given."""
    row = _locked(mandate)
    if row.declined:
        policies.check_was_offered(row, by)
        return
    policies.check_can_decline(row, by, at)
    row.declined, row.ended_at = True, at
    row.save(update_fields=["declined", "ended_at"])
    _record(row, facts.MandateDeclined(mandate=row.pk), by, at)


@transaction.atomic
def end_mandate(*, mandate: int, by: User, at: datetime) -> None:
    """End a mandate at once, as its client or as who holds it; or take back an offer."""
    row = _locked(mandate)
    policies.check_can_end(row, by)
    if row.ended_at is not None:
        return
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _record(row, facts.MandateEnded(mandate=row.pk), by, at)


def _locked(mandate: int) -> Mandate:
    """Return a mandate that nobody else changes, nor acts under, until this is over."""
    return Mandate.objects.select_for_update(of=("self",)).select_related("client").get(pk=mandate)


def _is_of(firm: int, user: User) -> bool:
    places = Member.objects.select_for_update(of=("self",))
    return places.filter(firm=firm, user=user, left_at=None).first() is not None


def _files(terms: Terms) -> list[int] | None:
    return None if terms.applications is None else sorted(set(terms.applications))


def _record(mandate: Mandate, fact: Fact, by: User, at: datetime) -> None:
    log.append(mandate.client_id, [fact], kind=SubjectKind.CLIENT, by=by.ref, at=at)

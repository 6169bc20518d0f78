"""Who may give, answer and end a mandate. The reasons are told as they stand."""

from datetime import datetime

from parvis.casework.mandates.models import Mandate, Member
from parvis.casework.mandates.status import HOLDERS, OVER, MandateKind
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import (
    Act,
    ActRefused,
    Capacity,
    Relation,
    asks,
    check_may,
    relation_of,
)
from parvis.casework.people.selectors import addresses_of


def check_can_give(client: Client, by: User) -> None:
    """Refuse everybody but the client themselves."""
    capacity = Capacity.CLIENT if client.user_id == by.pk else Capacity.SIGNED_IN
    check_may(Act.MANDATE, Relation(capacity))


def check_was_offered(mandate: Mandate, by: User) -> None:
    """Refuse everybody but who signs in with the address that the client gave."""
    check_may(Act.HOLD, relation_of(by))
    if mandate.address not in addresses_of(by):
        raise ActRefused("This mandate is not yours.", "Ce mandat n’est pas le vôtre.")


def check_can_accept(mandate: Mandate, by: User, at: datetime) -> None:
    """Refuse who was not offered it, who cannot hold its kind, and what is over or accepted."""
    check_was_offered(mandate, by)
    check_can_hold(MandateKind(mandate.kind), by)
    if _is_over(mandate, at):
        raise ActRefused("This mandate has ended.", "Ce mandat a pris fin.")
    if mandate.accepted_at is not None:
        raise ActRefused("This mandate was accepted already.", "Ce mandat a déjà été accepté.")


def check_can_hold(kind: MandateKind, by: User) -> None:
    """Refuse who signed in as somebody else than can hold a mandate of this kind."""
    if HOLDERS[kind] == by.role:
        return
    if kind is MandateKind.PARLIAMENT:
        raise ActRefused(
            "Only the office of a member of Parliament or a senator can accept this.",
            "Seul le bureau d’un député ou d’un sénateur peut accepter ce mandat.",
        )
    raise ActRefused(
        "A parliamentary office cannot accept this.",
        "Un bureau parlementaire ne peut pas accepter ce mandat.",
    )


def check_can_decline(mandate: Mandate, by: User, at: datetime) -> None:
    """Refuse who was not offered it, and what is over or accepted."""
    check_was_offered(mandate, by)
    if _is_over(mandate, at):
        raise ActRefused("This mandate has ended.", "Ce mandat a pris fin.")
    if mandate.accepted_at is not None:
        raise ActRefused(
            "You accepted this mandate. End it instead.",
            "Vous avez accepté ce mandat. Mettez-y fin plutôt.",
        )


def check_can_end(mandate: Mandate, by: User) -> None:
    """Refuse who neither gave the mandate nor holds it."""
    if mandate.client.user_id == by.pk:
        check_can_give(mandate.client, by)
        return
    check_may(Act.HOLD, relation_of(by))
    if not holds(mandate, by):
        raise ActRefused("This mandate is not yours.", "Ce mandat n’est pas le vôtre.")


def holds(mandate: Mandate, user: User) -> bool:
    """Tell whether a user accepted a mandate, or is of the firm that it was accepted for."""
    if mandate.firm_id is None:
        return mandate.user_id == user.pk
    return Member.objects.filter(firm=mandate.firm_id, user=user, left_at=None).exists()


can_give = asks(check_can_give)
can_accept = asks(check_can_accept)
can_decline = asks(check_can_decline)
can_end = asks(check_can_end)


def _is_over(mandate: Mandate, at: datetime) -> bool:
    return mandate.state(at) in OVER

"""Whom the demo's clients gave mandates: a firm of two, somebody who is only told, an office."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.casework.applications.mandating import give_mandate
from parvis.casework.mandates.firms import join_firm, open_firm
from parvis.casework.mandates.services import accept_mandate
from parvis.casework.mandates.status import MAY_BE_FOR, MandateKind
from parvis.casework.mandates.terms import Terms
from parvis.casework.people.roles import Role
from parvis.casework.people.selectors import user_by_email
from parvis.casework.people.services import add_user
from parvis.jobs.demo.people import ADA, PASSWORD, ZOE, Person

FIRM = "Example & Specimen"
REPRESENTATIVE = "rita@example.org"
COLLEAGUE = "rob@example.org"
THIRD_PARTY = "tom@example.org"
PARLIAMENT = "mp-office@example.org"
HOLDERS = {
    REPRESENTATIVE: Role.PERSON,
    COLLEAGUE: Role.PERSON,
    THIRD_PARTY: Role.PERSON,
    PARLIAMENT: Role.PARLIAMENT,
}


@dataclass(frozen=True, slots=True)
class Gift:
    """A mandate of the demo: from whom to whom, so many days ago, and whether it was accepted."""

    client: Person
    kind: MandateKind
    address: str
    ago: int
    accepted: bool = True


GIFTS = (
    Gift(ADA, MandateKind.REPRESENTATIVE, REPRESENTATIVE, 40),
    Gift(ADA, MandateKind.PARLIAMENT, PARLIAMENT, 12),
    Gift(ZOE, MandateKind.REPRESENTATIVE, REPRESENTATIVE, 30),
    Gift(ZOE, MandateKind.THIRD_PARTY, THIRD_PARTY, 25),
    # Waits for an answer, for whoever looks at the demo to give.
    Gift(ADA, MandateKind.THIRD_PARTY, THIRD_PARTY, 2, accepted=False),
)


def give_all(*, joined_at: datetime, now: datetime) -> int:
    """Have everybody there who holds a mandate, and every mandate; return how many facts it was."""
    holders = {
        email: add_user(email=email, password=PASSWORD, role=role, at=joined_at)
        for email, role in HOLDERS.items()
    }
    firm = open_firm(name=FIRM)
    for email in (REPRESENTATIVE, COLLEAGUE):
        join_firm(firm=firm, user=holders[email], at=joined_at)
    for gift in GIFTS:
        at = now - timedelta(days=gift.ago)
        client = user_by_email(gift.client.email or "")
        assert client is not None  # noqa: S101 - the people of the demo are there before
        terms = Terms(gift.kind, gift.address, MAY_BE_FOR[gift.kind], None, at, None)
        given = give_mandate(terms=terms, by=client, at=at)
        if gift.accepted:
            accept_mandate(
                mandate=given.id,
                firm=firm.pk if gift.address == REPRESENTATIVE else None,
                by=holders[gift.address],
                at=at + timedelta(hours=3),
            )
    return len(GIFTS) + sum(gift.accepted for gift in GIFTS)

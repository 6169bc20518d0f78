"""What a mandate is for, and how far it has come."""

from enum import StrEnum

from parvis.casework.people.policies import Act, Capacity


class MandateKind(StrEnum):
    """What a client gives somebody, by which form."""

    REPRESENTATIVE = "representative"
    """Acts and receives in the client's place (IMM 5476)."""
    THIRD_PARTY = "third-party"
    """Is told what the client is told (IMM 5475)."""
    PARLIAMENT = "parliamentary-office"
    """The office of a member of Parliament or a senator asks for a constituent."""


CAPACITIES = {
    MandateKind.REPRESENTATIVE: Capacity.REPRESENTATIVE,
    MandateKind.THIRD_PARTY: Capacity.THIRD_PARTY,
    MandateKind.PARLIAMENT: Capacity.PARLIAMENT,
}
READS = frozenset({Act.SEE})
"""What every mandate is for; who holds one of these two kinds does nothing else."""

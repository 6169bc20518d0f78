"""Look mandates up: those that let somebody see a file, and both sides' lists."""

from collections.abc import Iterable
from datetime import datetime

from parvis.casework.mandates.models import Mandate
from parvis.casework.mandates.status import CAPACITIES, MandateKind
from parvis.casework.people.policies import Act, Relation

IN_FORCE = (
    "m.accepted_at IS NOT NULL AND m.ended_at IS NULL"
    " AND m.begins_at <= %s AND (m.ends_at IS NULL OR m.ends_at > %s)"
)
_HELD = (
    "(m.user_id = %s AND m.firm_id IS NULL OR m.firm_id IN (SELECT f.firm_id"
    " FROM mandates_member f WHERE f.user_id = %s AND f.left_at IS NULL))"
)
# Of several, the one that lets them do most: representatives come first by their name as well.
MANDATE = (
    "SELECT m.id, m.kind, m.acts FROM mandates_mandate m"  # noqa: S608 - our own words
    f" WHERE m.client_id = a.client_id AND {IN_FORCE} AND {_HELD}"
    " AND (m.applications IS NULL OR a.id = ANY(m.applications))"
    " ORDER BY m.kind <> 'representative', cardinality(m.acts) DESC, m.id LIMIT 1"
)
"""The mandate by which somebody may see a file `a`; its values come from `mandate_values`."""

CLIENTS_HELD = f"SELECT m.client_id FROM mandates_mandate m WHERE {IN_FORCE} AND {_HELD}"  # noqa: S608 - our own names
"""The clients who gave somebody a mandate; its values come from `mandate_values`, too."""


def mandate_values(user: int, now: datetime) -> tuple[datetime, datetime, int, int]:
    """Return the values that `MANDATE` asks for, in its order."""
    return now, now, user, user


def relation_by(mandate: int, kind: str, acts: Iterable[str]) -> Relation:
    """Return how somebody stands to a file by a mandate."""
    return Relation(CAPACITIES[MandateKind(kind)], mandate, frozenset(map(Act, acts)))


def hold(mandate: int) -> bool:
    """Tell whether a mandate has not been ended, and keep it so until the transaction is over."""
    found = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate, ended_at=None)
    return bool(found.values_list("pk"))

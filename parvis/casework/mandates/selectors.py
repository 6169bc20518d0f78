"""Look mandates up: the one by which somebody sees a file, and how to keep it from ending."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from parvis.casework.mandates.status import CAPACITIES, HOLDERS, MandateKind
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, Relation


def _in_force(mandate: str) -> str:
    """Return the condition that a mandate has begun and not ended, by somebody or by itself."""
    return (
        f"{mandate}.accepted_at IS NOT NULL AND {mandate}.ended_at IS NULL"
        f" AND {mandate}.begins_at <= %(now)s"
        f" AND ({mandate}.ends_at IS NULL OR {mandate}.ends_at > %(now)s)"
    )


def _covers(mandate: str) -> str:
    """Return the condition that a mandate is for a file `a`."""
    return f"({mandate}.applications IS NULL OR a.id = ANY({mandate}.applications))"


_ROLES = " ".join(f"WHEN '{kind}' THEN '{role}'" for kind, role in HOLDERS.items())
_HELD = (
    "(m.user_id = %(user)s AND m.firm_id IS NULL OR m.firm_id IN (SELECT f.firm_id"  # noqa: S608 - our own words
    " FROM mandates_member f WHERE f.user_id = %(user)s AND f.left_at IS NULL))"
    " AND EXISTS (SELECT FROM people_user u WHERE u.id = %(user)s AND u.is_active"
    f" AND u.role = CASE m.kind {_ROLES} END)"
)
"""That a user holds a mandate `m`, by themselves or in a firm, and is still who may hold it."""
HELD = f"{_in_force('m')} AND {_HELD}"
CLIENTS_HELD = f"SELECT m.client_id FROM mandates_mandate m WHERE {HELD}"  # noqa: S608 - our own names
"""The clients who gave `user` a mandate that is in force `now`."""
_OFFERED = (
    "SELECT FROM mandates_mandate m WHERE m.accepted_at IS NULL AND m.address IN ("
    "SELECT lower(e.email) FROM account_emailaddress e WHERE e.user_id = %(user)s AND e.verified)"
    " AND m.ended_at IS NULL AND (m.ends_at IS NULL OR m.ends_at > %(now)s)"
)
"""The mandates that were given to an address that `user` proved, and wait for an answer."""


def _all_agree(others: str, act: str) -> str:
    """Return the condition that all `others` gave whoever holds `m` one of its kind for an act."""
    return (
        f"NOT EXISTS (SELECT FROM ({others}) other (id)"  # noqa: S608 - our own words
        " WHERE NOT EXISTS (SELECT FROM mandates_mandate o WHERE o.client_id = other.id"
        f" AND {_in_force('o')} AND {_covers('o')} AND o.kind = m.kind AND {act} = ANY(o.acts)"
        " AND (o.firm_id = m.firm_id"
        " OR o.firm_id IS NULL AND m.firm_id IS NULL AND o.user_id = m.user_id)))"
    )


def mandate_for(others: str) -> str:
    """Return SQL for the mandate by which `user` may see a file `a`, with what they may do.

    `others` is SQL for the clients, besides the file's own, who are on it as adults: each consents
    for themselves, so that no more may be done than every one of them gave the same holder a
    mandate of this kind for. Of several mandates, the one that lets them do most.
    """
    return (
        "SELECT m.id, m.kind, g.acts FROM mandates_mandate m CROSS JOIN LATERAL (SELECT ARRAY("  # noqa: S608 - our own words
        f"SELECT act FROM unnest(m.acts) act WHERE {_all_agree(others, 'act')}) AS acts"
        # Kept together by OFFSET, what may be done is worked out once, and not for each use of it.
        " OFFSET 0) g"
        f" WHERE m.client_id = a.client_id AND {HELD} AND {_covers('m')}"
        f" AND '{Act.SEE}' = ANY(g.acts)"
        f" ORDER BY m.kind <> '{MandateKind.REPRESENTATIVE}', cardinality(g.acts) DESC, m.id"
        " LIMIT 1"
    )


def waiting_for(others: str) -> str:
    """Return SQL for those of the files `files` that one of `others` did not give `mandate` for."""
    return (
        "SELECT a.id FROM applications_application a, mandates_mandate m"  # noqa: S608 - our own words
        " WHERE a.id = ANY(%(files)s) AND m.id = %(mandate)s"
        f" AND NOT {_all_agree(others, repr(str(Act.SEE)))}"
    )


def relation_by(mandate: int, kind: str, acts: Iterable[str]) -> Relation:
    """Return how somebody stands to a file by a mandate."""
    return Relation(CAPACITIES[MandateKind(kind)], mandate, frozenset(map(Act, acts)))


def holds_and_is_offered(user: User, *, now: datetime) -> tuple[bool, bool]:
    """Tell whether somebody holds a mandate that is in force, and whether one waits for them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS ({CLIENTS_HELD}), EXISTS ({_OFFERED})",
            {"user": user.pk, "now": now},
        )
        held, offered = cursor.fetchone()
    return held, offered


def keep_from_ending(clients: Sequence[int], user: int) -> None:
    """Keep what these clients gave, and a user's place in a firm, until the transaction is over.

    Whoever is ending any of it has ended it before this returns, or waits for the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM mandates_member WHERE user_id = %s AND left_at IS NULL FOR SHARE", [user]
        )
        cursor.execute(
            "SELECT FROM mandates_mandate WHERE client_id = ANY(%s) AND ended_at IS NULL"
            " ORDER BY id FOR SHARE",
            [list(clients)],
        )

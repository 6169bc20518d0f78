"""Who is told of what happens: the clients of a file, or who receives in their place."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from parvis.casework.mandates.models import Mandate
from parvis.casework.people.models import Client


class Recipient(NamedTuple):
    """Somebody who signs in, and in whose matter they are told of something."""

    subject: int
    """The file, or the client."""
    client: int
    user: int
    program: str
    instead: bool


_INSTEAD = """
SELECT m.user_id FROM mandates_mandate m JOIN people_user h ON h.id = m.user_id AND h.is_active
WHERE m.client_id = c.id AND m.receives AND m.accepted_at IS NOT NULL AND m.ended_at IS NULL
    AND m.begins_at <= %(now)s AND (m.ends_at IS NULL OR m.ends_at > %(now)s)
    AND (m.applications IS NULL OR f.id = ANY(m.applications))
    AND (m.firm_id IS NULL OR EXISTS (
        SELECT FROM mandates_member p
        WHERE p.firm_id = m.firm_id AND p.user_id = m.user_id AND p.left_at IS NULL
    ))
ORDER BY m.id LIMIT 1
"""
_OF_FILES = f"""
SELECT f.id, c.id, coalesce(i.user_id, c.user_id), f.program, i.user_id IS NOT NULL
FROM (
    SELECT id, client_id, program FROM applications_application WHERE id = ANY(%(files)s)
    UNION SELECT a.id, d.client_id, a.program FROM applications_adult d
    JOIN applications_application a ON a.id = d.application WHERE a.id = ANY(%(files)s)
) f
JOIN people_client c ON c.id = f.client_id
LEFT JOIN LATERAL ({_INSTEAD}) i ON true
WHERE coalesce(i.user_id, c.user_id) IS NOT NULL
ORDER BY f.id, c.id
"""  # noqa: S608 - our own words


def of_files(files: Sequence[int], *, now: datetime) -> list[Recipient]:
    """Return who is told of what happens to these files: only those who can sign in to read it.

    The clients who are on a file, each for themselves; where one gave a mandate to receive in their
    place, who holds it, if they still can.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OF_FILES, {"files": list(files), "now": now})
        return [Recipient(*row) for row in cursor.fetchall()]


def of_mandates(clients: Sequence[int]) -> list[Recipient]:
    """Return the clients themselves: of their mandates nobody else is told in their place."""
    found = Client.objects.filter(id__in=clients, user__isnull=False).order_by("id")
    return [
        Recipient(client.pk, client.pk, client.user_id, "", instead=False)
        for client in found
        if client.user_id is not None
    ]


def holders(mandates: Sequence[int]) -> dict[int, int]:
    """Return who holds these mandates, or held them."""
    found = Mandate.objects.filter(id__in=mandates, user__isnull=False).order_by("id")
    return {one.pk: one.user_id for one in found if one.user_id is not None}

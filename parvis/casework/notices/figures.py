"""How many notices were sent, arrived, came back and were opened, by program and language."""

from dataclasses import dataclass

from django.db import connection

from parvis.casework.notices.models import Tally
from parvis.casework.notices.status import Verdict

_BY_PROGRAM = """
WITH told AS (
    SELECT n.id, n.program, m.language,
        bool_or(o.sent_at IS NOT NULL) AS sent,
        bool_or(o.sent_at IS NOT NULL AND o.returned_at IS NULL) AS delivered,
        bool_or(o.returned_at IS NOT NULL) AS returned,
        bool_or(o.opened_at IS NOT NULL) AS opened
    FROM notices_notice n JOIN notices_message m ON m.id = n.message_id
    JOIN notices_message o ON o.id = m.id OR o.first_id = m.id
    GROUP BY n.id, n.program, m.language
)
SELECT program, language, count(*), count(*) FILTER (WHERE sent), count(*) FILTER (WHERE delivered),
    count(*) FILTER (WHERE returned), count(*) FILTER (WHERE opened)
FROM told GROUP BY program, language ORDER BY program, language
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """Notices of one program in one language. One told by two ways is counted once."""

    program: str
    """Empty for what is of no program: mandates."""
    language: str
    noted: int
    """Put into a message, sent or not."""
    sent: int
    delivered: int
    """Sent, and not come back by every way: no server says more than that."""
    returned: int
    """Come back by one way at least."""
    opened: int
    """Followed by signing in by the address in a message."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them, with what concerns messages and not one program."""

    by_program: tuple[Figure, ...]
    messages: int
    repeats: int
    """Messages that may have gone out twice, for a worker died; each counted as often."""
    mails_back: dict[str, int]
    """Mails that came to where bounces return to, by what they were."""


def figures() -> Figures:
    """Return the figures as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_PROGRAM)
        rows = cursor.fetchall()
        cursor.execute("SELECT count(sent_at), coalesce(sum(repeats), 0) FROM notices_message")
        messages, repeats = cursor.fetchone()
    return Figures(tuple(Figure(*row) for row in rows), int(messages), int(repeats), _mails_back())


def _mails_back() -> dict[str, int]:
    found = dict.fromkeys(map(str, Verdict), 0)
    for verdict, count in Tally.objects.order_by("id").values_list("verdict", "count"):
        found[verdict] += count
    return found

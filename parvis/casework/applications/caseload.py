"""The files of all clients who gave somebody a mandate: whose turn first, then what is due first.

Sorted, counted and cut to a page by the database, so that it takes two queries however many files
a firm has, and reads whole no more of them than are shown.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from parvis.casework.applications.selectors import MANDATE, File, Value, files_for
from parvis.casework.applications.status import TURN
from parvis.casework.mandates.selectors import CLIENTS_HELD
from parvis.casework.people.models import User
from parvis.lib.references import subject_of
from parvis.programs import loader
from parvis.programs.vocabulary import Turn

_BEYOND = 2**63
_TURNS = " ".join(f"WHEN '{status}' THEN '{turn}'" for status, turn in TURN.items())
_ORDER = " ".join(f"WHEN '{turn}' THEN {place}" for place, turn in enumerate(Turn))
# A request is open until it is answered or the file closes; only the client's turn has any.
_DUE = (
    "(SELECT min((r ->> 'due_on')::date) FROM jsonb_array_elements(a.rest -> 'requests') r"
    " WHERE r ->> 'answered_at' IS NULL AND r ->> 'lapsed_at' IS NULL)"
)
_HELD = f"""
SELECT a.id, a.received_at, c.name, w.turn, d.due,
    coalesce(d.due < (%(today)s::jsonb ->> a.program)::date, false) AS overdue
FROM applications_application a JOIN people_client c ON c.id = a.client_id
CROSS JOIN LATERAL (SELECT CASE a.status {_TURNS} END AS turn) w
CROSS JOIN LATERAL (SELECT CASE w.turn WHEN '{Turn.CLIENT}' THEN {_DUE} END AS due) d
WHERE a.client_id IN ({CLIENTS_HELD}) AND c.user_id IS DISTINCT FROM %(user)s
    AND (%(program)s::text IS NULL OR a.program = %(program)s)
    AND (%(turn)s::text IS NULL OR w.turn = %(turn)s)
    AND (%(name)s::text IS NULL OR c.name ILIKE %(name)s OR a.id = %(number)s)
    AND EXISTS (SELECT FROM ({MANDATE}) m)
"""  # noqa: S608 - our own words
_PAGE = f"""
WITH held AS MATERIALIZED ({_HELD}), asked AS (SELECT * FROM held WHERE overdue OR NOT %(overdue)s)
SELECT id, due, overdue, (SELECT count(*) FROM asked) FROM asked
ORDER BY CASE turn {_ORDER} END, due NULLS LAST, received_at, id
LIMIT %(most)s OFFSET %(skip)s
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the files somebody asks for; all of them unless it says otherwise."""

    turn: Turn | None = None
    program: str | None = None
    search: str = ""
    """Part of a client's name, or the number of a file."""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A file of a client who gave a mandate, and by when the client has to answer."""

    file: File
    due_on: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Caseload:
    """Some of the files, in their order, and how many there are in all."""

    files: tuple[Held, ...]
    count: int


def caseload(
    user: User, asked: Asked, *, now: datetime, most: int | None = None, skip: int = 0
) -> Caseload:
    """Return the files of the clients who gave a user a mandate: theirs to move first."""
    search = asked.search.strip()
    subject = subject_of(search)
    today = {
        code: now.astimezone(program.time_zone).date().isoformat()
        for code, program in loader.all_programs().items()
    }
    values: dict[str, Value] = {
        "user": user.pk,
        "now": now,
        "today": json.dumps(today),
        "program": asked.program,
        "turn": asked.turn,
        "name": f"%{_literally(search)}%" if search else None,
        "number": subject if subject is not None and subject < _BEYOND else None,
        "overdue": asked.overdue,
        "most": most,
        "skip": skip,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, values)
        rows = cursor.fetchall()
    if not rows:
        return Caseload((), 0)
    ids = [id_ for id_, *_ in rows]
    files = {file.id: file for file in files_for(user, now, "a.id = ANY(%(ids)s)", ids=ids)}
    held = (Held(files[id_], due, overdue) for id_, due, overdue, _ in rows if id_ in files)
    return Caseload(tuple(held), rows[0][3])


def _literally(search: str) -> str:
    """Return a search as LIKE takes it, its own signs meaning themselves."""
    return search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\0", "")

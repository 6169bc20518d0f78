"""Filling an empty house with the demo department: the stories, and whatever is generated."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction

from parvis.casework.people.roles import Role
from parvis.casework.people.selectors import user_by_email
from parvis.casework.people.services import add_user, register_client
from parvis.jobs.demo import census
from parvis.jobs.demo.answered import end_some
from parvis.jobs.demo.dates import give_past_dates
from parvis.jobs.demo.enquiries import write_in
from parvis.jobs.demo.generating import CLOSES_AT, LAST_DAY, generate
from parvis.jobs.demo.lines import open_lines
from parvis.jobs.demo.looking import look
from parvis.jobs.demo.mandates import give_all
from parvis.jobs.demo.notices import tell_all
from parvis.jobs.demo.people import OFFICER, PASSWORD, PEOPLE
from parvis.jobs.demo.stories import STORIES
from parvis.jobs.demo.support import support
from parvis.jobs.demo.telling import tell

_OPENED_DAYS_AGO = 700
"""When the demo department began: before its first file that is told as a story."""
_SEED = 20_240_112
_LOCK = 0x9A7217
"""Our number among the database's advisory locks: of two who fill at once, one waits."""


class Made(NamedTuple):
    """What a filling added."""

    files: int
    facts: int


def _unseen(share: float, facts: int) -> None:
    """Show nobody how far it is."""


@transaction.atomic
def fill(
    *,
    now: datetime,
    scale: float = 0.0,
    seed: int = _SEED,
    progress: Callable[[float, int], None] = _unseen,
) -> Made | None:
    """Make people and files up to `now`; return what was made, None if it was done before.

    The files are the stories, and `scale` generated ones for each that a real department had; and
    so many of the calls and enquiries that came to its support centre. One
    transaction: killed half-way, it leaves an empty house, and the next begins anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if user_by_email(OFFICER) is not None:
        return None
    began = now - timedelta(days=_OPENED_DAYS_AGO)
    officer = add_user(email=OFFICER, password=PASSWORD, role=Role.OFFICER, at=began)
    clients = {}
    for person in PEOPLE:
        user = person.email and add_user(email=person.email, password=PASSWORD, at=began)
        clients[person] = register_client(
            name=person.name, language=person.language, user=user or None, by=officer.ref, at=began
        ).id
    facts = len(clients)
    for story in STORIES:
        facts += tell(story, client=clients[story.client], by=officer.ref, now=now)
    facts += give_all(joined_at=began, now=now)
    facts += open_lines(began=began, now=now)
    end_some(now=now)
    write_in(now=now)
    facts += tell_all(now=now)
    look(now=now)
    if not scale:
        return Made(len(STORIES), facts)
    files, more = generate(scale=scale, until=now, by=officer.ref, seed=seed, progress=progress)
    given = give_past_dates(
        until=now, by=officer.ref, progress=lambda share: progress(share, facts + more)
    )
    so_far = facts + more + given
    _, asked = support(
        scale=scale,
        until=min(now, datetime.combine(LAST_DAY, CLOSES_AT, census.ZONE)),
        by=officer.ref,
        rng=np.random.default_rng(seed + 1),
        progress=lambda written: progress(1.0, so_far + written),
    )
    return Made(len(STORIES) + files, so_far + asked)

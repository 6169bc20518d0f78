"""Giving work to agents: the next that each may answer, to nobody twice, for a while.

Agents ask for the next and do not choose. Oldest promised comes first; a line of priority has a
head start, so it comes sooner and starves nobody, since whatever waits grows older. Rows that
somebody else is being given at this moment are skipped, so a hundred agents who ask at once do not
wait for each other.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from parvis.casework.enquiries.facts import EnquiryGiven, EnquiryReturned
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.policies import check_may_answer
from parvis.casework.enquiries.receiving import BY
from parvis.casework.enquiries.routing import Routes, go_back
from parvis.casework.enquiries.status import Returned, Status
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.lines.selectors import KnownAgent, agent_of, lines_open
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused

FOR_SO_LONG = timedelta(minutes=30)
"""Without any act an enquiry goes back to its queue after this."""
_AT_ONCE = 500
_LOCK = 0x9A721D
"""Our number among the database's advisory locks, with an agent's own."""
_IN_HAND = "SELECT count(*) FROM enquiries_conversation WHERE agent = %s AND status = 'given'"
# Of each queue only its beginning is looked at: of those more are never being given at once.
_GIVE = """
UPDATE enquiries_conversation SET status = 'given', agent = %(agent)s, given_at = %(at)s,
    returns_at = %(until)s, changed_at = %(at)s
WHERE id = (
    SELECT c.id FROM unnest(%(lines)s::text[]) AS l(line)
        CROSS JOIN unnest(%(languages)s::text[]) AS s(language)
        CROSS JOIN LATERAL (
            SELECT id FROM enquiries_conversation w
            WHERE w.status = 'waiting' AND w.line = l.line AND w.language = s.language
            ORDER BY w.comes_at, w.id LIMIT 100
        ) AS first
        JOIN enquiries_conversation c USING (id)
    WHERE c.status = 'waiting' ORDER BY c.comes_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED
) RETURNING id
"""


class HandsFull(ActRefused):
    """An agent has as many enquiries as they can have at once."""

    def __init__(self) -> None:
        super().__init__(
            "You have as many enquiries as you can have at once. Answer one, or give one back.",
            "Vous avez déjà autant de demandes de renseignements que possible. Répondez à l’une"
            " d’elles ou rendez-la.",
        )


@transaction.atomic
def give_next(*, to: User, at: datetime) -> int | None:
    """Give an agent the next enquiry that they may answer; return its id, or None if none waits.

    Raises `ActRefused` for whoever is no agent, `HandsFull` where they have enough.
    """
    check_may_answer(to)
    with connection.cursor() as cursor:
        # Two clicks of theirs at once: the second counts what the first gave.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, to.pk])
    agent = agent_of(to.pk)
    if agent is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_IN_HAND, [to.pk])
        if cursor.fetchall()[0][0] >= agent.capacity:
            raise HandsFull
        cursor.execute(
            _GIVE,
            {
                "agent": to.pk,
                "at": at,
                "until": at + FOR_SO_LONG,
                "lines": _lines_for(agent, at),
                "languages": list(agent.languages),
            },
        )
        found = cursor.fetchone()
    if found is None:
        return None
    [id_] = found
    log.append(id_, [EnquiryGiven(agent=to.pk)], kind=SubjectKind.ENQUIRY, by=to.ref, at=at)
    return int(id_)


@transaction.atomic
def take_back_idle(*, at: datetime) -> int:
    """Have what nobody acted on, and what was for later, wait again; return how many that is."""
    rows = Conversation.objects.select_for_update(skip_locked=True)
    due = rows.filter(status__in=[Status.GIVEN, Status.LATER], returns_at__lte=at)
    found = list(due.order_by("returns_at", "id")[:_AT_ONCE])
    chains = []
    heads, routes = log.lock([one.pk for one in found]), Routes(at)
    for one in found:
        agent = one.agent
        if one.status == Status.LATER:
            routes.wait_again(one)
        else:
            go_back(one, at=at)
            fact = EnquiryReturned(agent=agent, reason=Returned.NOT_ACTED_ON)
            chains.append((heads[one.pk], [(at, fact)]))
    Conversation.objects.bulk_update(found, PLACE)
    log.write(chains, kind=SubjectKind.ENQUIRY, by=BY)
    return len(found)


def _lines_for(agent: KnownAgent, at: datetime) -> list[str]:
    """Return the lines on which an agent answers, and whose skills they have."""
    return [
        one.code
        for one in lines_open(at)
        if one.code in agent.lines and set(one.terms.skills) <= set(agent.skills)
    ]


PLACE = [
    "status",
    "agent",
    "given_at",
    "returns_at",
    "changed_at",
    "promised_at",
    "comes_at",
]
"""The columns that say where an enquiry stands in which queue."""

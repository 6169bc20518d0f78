"""What the measurement of enquiries does as a program of its house.

`take HOST PORT` takes in all mail of that mailbox; `agents N` has so many agents on the general
line; `give` has each of them ask for the next until none waits, all at once, and prints how long
each took, and what was given.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.clients import PASSWORD
from parvis.jobs.cli.house import open_house

open_house()

from django.db import connection  # noqa: E402 - Django is set up by now

from parvis.casework.enquiries.giving import HandsFull, give_next  # noqa: E402
from parvis.casework.lines.selectors import agents  # noqa: E402
from parvis.casework.lines.services import (  # noqa: E402
    describe_agent,
    open_shipped_lines,
    place_agent,
)
from parvis.casework.people.models import User  # noqa: E402
from parvis.casework.people.roles import Role  # noqa: E402
from parvis.casework.people.services import add_user  # noqa: E402
from parvis.channels.mail.inbox import Inbox  # noqa: E402
from parvis.jobs.tasks.enquiries import take_mails  # noqa: E402
from parvis.lib import clock  # noqa: E402
from parvis.lib.text import LANGUAGES  # noqa: E402

_AT_ONCE = 20
_CONNECTIONS = 16
"""As many as ask at any moment; a house answers so many agents over fewer still."""


def take(host: str, port: int) -> int:
    """Take in everything in a mailbox; return how many mails that was."""
    inbox = Inbox(
        host=host,
        port=port,
        user="bounces",
        password="secret",  # noqa: S106 - as every mailbox of tests/mailing has it
        security="none",
    )
    count = 0
    while some := inbox.hand_in(take_mails):
        count += some
    return count


def hire(count: int) -> None:
    """Have agents on the general line."""
    now = clock.now()
    open_shipped_lines(at=now)
    for n in range(count):
        user = add_user(email=f"agent{n}@example.org", password=PASSWORD, role=Role.AGENT, at=now)
        describe_agent(
            user=user, languages=LANGUAGES, skills=(), capacity=_AT_ONCE, by=None, at=now
        )
        place_agent(line="general", user=user, by=None, at=now)


def give() -> dict[str, list[float] | list[int]]:
    """Have every agent ask for the next until they can have no more, or none waits."""
    users = list(User.objects.filter(pk__in=[one.user for one in agents()]))

    def ask(user: User) -> tuple[list[float], list[int]]:
        took, given = list[float](), list[int]()
        connection.ensure_connection()
        try:
            while True:
                began = time.perf_counter()
                found = give_next(to=user, at=clock.now())
                took.append((time.perf_counter() - began) * 1000)
                if found is None:
                    return took, given
                given.append(found.pk)
        except HandsFull:
            return took, given
        finally:
            connection.close()

    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        found = list(pool.map(ask, users))
    return {
        "took": [one for took, _ in found for one in took],
        "given": [one for _, given in found for one in given],
    }


if __name__ == "__main__":
    command, *words = sys.argv[1:]
    if command == "take":
        print(json.dumps({"mails": take(words[0], int(words[1]))}))
    elif command == "agents":
        hire(int(words[0]))
        print("{}")
    else:
        print(json.dumps(give()))

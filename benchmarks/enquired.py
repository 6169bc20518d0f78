"""What the measurement of enquiries does as a program of its house.

`take HOST PORT` takes in all mail of that mailbox; `agents N CAPACITY` has so many agents on the
general line, and prints by which addresses they sign in; `supervisor` prints that of one who is
told the figures.
"""

import json
import sys

from benchmarks.clients import PASSWORD
from parvis.jobs.cli.house import open_house

open_house()

from parvis.casework.lines.services import (  # noqa: E402 - Django is set up by now
    describe_agent,
    open_shipped_lines,
    place_agent,
)
from parvis.casework.people.roles import Role  # noqa: E402
from parvis.casework.people.services import add_user  # noqa: E402
from parvis.channels.mail.inbox import Inbox  # noqa: E402
from parvis.jobs.tasks.enquiries import take_mails  # noqa: E402
from parvis.lib import clock  # noqa: E402
from parvis.lib.text import LANGUAGES  # noqa: E402


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


def hire(count: int, capacity: int) -> list[str]:
    """Have agents on the general line; return their addresses."""
    emails, now = [f"agent{n}@example.org" for n in range(count)], clock.now()
    open_shipped_lines(at=now)
    for email in emails:
        user = add_user(email=email, password=PASSWORD, role=Role.AGENT, at=now)
        describe_agent(
            user=user, languages=LANGUAGES, skills=(), capacity=capacity, by=None, at=now
        )
        place_agent(line="general", user=user, by=None, at=now)
    return emails


def appoint() -> str:
    """Have a supervisor; return their address."""
    email = "supervisor@example.org"
    add_user(email=email, password=PASSWORD, role=Role.SUPERVISOR, at=clock.now())
    return email


if __name__ == "__main__":
    command, *words = sys.argv[1:]
    if command == "take":
        print(json.dumps({"mails": take(words[0], int(words[1]))}))
    elif command == "supervisor":
        print(json.dumps({"email": appoint()}))
    else:
        print(json.dumps({"agents": hire(*map(int, words))}))

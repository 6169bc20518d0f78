"""Mails that come back at once, as a program of a house: `bounced HOW-MANY`."""

import json
import sys
import time
from collections.abc import Iterator

from parvis.jobs.cli.house import open_house

_AT_ONCE = 200
"""As many as are fetched from the mailbox at once."""
_REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: bounces+{name}@parvis.example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; somebody@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: message/rfc822

Message-ID: <{name}@parvis.example.org>
Subject: There is news for you

Hello,

--b--
"""


def main(count: int) -> None:
    """Send that many messages, have all of them come back at once, and print how long that took."""
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.notices.references import name_of  # noqa: PLC0415
    from parvis.casework.notices.returning import take_back  # noqa: PLC0415
    from parvis.channels.mail.returned import read_returned  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415

    mails = [_REPORT.format(name=name_of(message)).encode() for message in _sent(count)]
    began = time.monotonic()
    for start in range(0, count, _AT_ONCE):
        some = mails[start : start + _AT_ONCE]
        take_back([read_returned(one) for one in some], at=clock.now())
    seconds = time.monotonic() - began
    print(json.dumps({"seconds": seconds, **_found()}))


def _sent(count: int) -> Iterator[int]:
    """Make clients who were told something, each by a message of their own."""
    from parvis.casework.notices.models import Message, Notice  # noqa: PLC0415
    from parvis.casework.people.models import Client, User  # noqa: PLC0415
    from parvis.casework.people.services import NewClient, register_clients  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415
    from parvis.programs.vocabulary import NoticeKind  # noqa: PLC0415

    for start in range(0, count, 10_000):
        at, many = clock.now(), min(10_000, count - start)
        ids = register_clients(clients=[NewClient("Example", "en", at)] * many, by="benchmark")
        users = User.objects.bulk_create(
            User(email=f"client-{id_}@example.org", role="person", joined_at=at, password="!")  # noqa: S106 - nobody signs in
            for id_ in ids
        )
        clients = Client.objects.in_bulk(ids)
        for id_, user in zip(ids, users, strict=True):
            clients[id_].user = user
        Client.objects.bulk_update(clients.values(), ["user"], batch_size=1000)
        messages = Message.objects.bulk_create(
            Message(
                user=user,
                way="email",
                address=user.email,
                language="en",
                urgent=False,
                instead=False,
                made_at=at,
                try_at=at,
                begun_at=at,
                tries=1,
                sent_at=at,
                recorded=True,
            )
            for user in users
        )
        Notice.objects.bulk_create(
            Notice(
                user=user,
                client_id=id_,
                program="study-permit",
                kind=NoticeKind.SECTION,
                key=f"{id_}/1",
                noted_at=at,
                ready_at=at,
                urgent=False,
                message=message,
            )
            for id_, user, message in zip(ids, users, messages, strict=True)
        )
        yield from (one.pk for one in messages)


def _found() -> dict[str, int]:
    """Return what became of them, as the house says it."""
    from parvis.casework.notices.figures import figures  # noqa: PLC0415
    from parvis.casework.notices.selectors import counts  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415

    listed = counts(clock.now())["unreached"]
    assert isinstance(listed, int)  # noqa: S101 - for the types
    return {"returned": figures().mails_back["returned"], "listed": listed}


if __name__ == "__main__":
    main(int(sys.argv[1]))

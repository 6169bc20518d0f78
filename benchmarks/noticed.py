"""People who are to be told something, as a program of a house: `noticed HOW-MANY bulk|urgent`."""

import json
import sys
import time

from parvis.jobs.cli.house import open_house


def main(count: int, sort: str) -> None:
    """Note that many clients are to be told of something, one thing each; print how many wait."""
    open_house()
    # Django's models can be imported only once the house is open.
    from django.db import transaction  # noqa: PLC0415

    from parvis.casework.notices.noting import keep, notice_for  # noqa: PLC0415
    from parvis.casework.notices.recipients import Recipient  # noqa: PLC0415
    from parvis.casework.people.models import Client, User  # noqa: PLC0415
    from parvis.casework.people.services import NewClient, register_clients  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415
    from parvis.programs.vocabulary import NoticeKind  # noqa: PLC0415

    at = clock.now()
    kind = NoticeKind.DECISION if sort == "urgent" else NoticeKind.SECTION
    noted = time.time()
    with transaction.atomic():
        ids = register_clients(clients=[NewClient("Example", "en", at)] * count, by="benchmark")
        users = User.objects.bulk_create(
            User(email=f"client-{id_}@example.org", role="person", joined_at=at, password="!")  # noqa: S106 - nobody signs in
            for id_ in ids
        )
        clients = Client.objects.in_bulk(ids)
        for id_, user in zip(ids, users, strict=True):
            clients[id_].user = user
        Client.objects.bulk_update(clients.values(), ["user"], batch_size=1000)
        notices = [
            notice_for(
                Recipient(id_, id_, user.pk, "study-permit", instead=False),
                kind=kind,
                key=f"{id_}/1",
                due_on=None,
                at=at,
            )
            for id_, user in zip(ids, users, strict=True)
        ]
        for one in notices:
            one.ready_at = at
        keep(notices, at=at)
        if sort == "bulk":
            from parvis.casework.events.later import Queue, later  # noqa: PLC0415

            later().defer("notices.send", [{"urgent": False}], queue=Queue.BULK)
    # By the machine's clock: whoever measures has no other.
    print(json.dumps({"noted": noted}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

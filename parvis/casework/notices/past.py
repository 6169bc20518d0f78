"""Messages that went out before now, in bulk: for a house that is filled with its past."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db import transaction

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.notices.facts import MessageOpened, MessageReturned, MessageSent
from parvis.casework.notices.models import Message, Notice
from parvis.casework.notices.noting import kinds_of, words_of
from parvis.casework.notices.status import Way
from parvis.casework.people.models import Client, User

_TOOK = timedelta(minutes=2)
_CAME_BACK_AFTER = timedelta(minutes=20)


class Told(NamedTuple):
    """What a message told at one time, and what became of it."""

    notices: Sequence[Notice]
    opened_after: timedelta | None
    code: str = ""
    """Why it came back, if it did."""


def past_of(client: Client, user: User, files: Iterable[tuple[int, str]]) -> Iterator[list[Notice]]:
    """Yield what a client was to be told of their files, day by day; not kept yet.

    `files` are subject ids, each with its program.
    """
    program = dict(files)
    found = [
        Notice(
            user=user,
            client=client,
            application=file,
            program=program[file],
            kind=kind,
            key=f"{file}/{one.seq}",
            due_on=due,
            noted_at=one.at,
            ready_at=one.at,
            urgent=words_of(kind, program[file]).urgent,
        )
        for file, history in log.histories(sorted(program))
        for one, kind, due in kinds_of(history)
    ]
    found.sort(key=lambda one: one.noted_at)
    for _, day in groupby(found, key=lambda one: one.noted_at.date()):
        yield list(day)


@transaction.atomic
def tell_past(*, client: Client, told: Sequence[Told], by: str) -> int:
    """Keep messages that a client was sent by e-mail, with their facts; return how many facts."""
    happened: list[log.Happened] = []
    for one in told:
        message = _message(client, one)
        message.save()
        for notice in one.notices:
            notice.message = message
        Notice.objects.bulk_create(one.notices)
        happened += _facts(message, one)
    head = log.lock([client.pk])[client.pk]
    log.write([(head, sorted(happened, key=_when))], kind=SubjectKind.CLIENT, by=by)
    return len(happened)


def _message(client: Client, told: Told) -> Message:
    first, last = told.notices[0], told.notices[-1].noted_at
    sent_at = last + _TOOK
    opened = None if told.opened_after is None else sent_at + told.opened_after
    return Message(
        user=first.user,
        way=Way.EMAIL,
        address=first.user.email,
        language=client.language,
        urgent=any(one.urgent for one in told.notices),
        instead=False,
        made_at=last,
        try_at=last,
        begun_at=last,
        tries=1,
        sent_at=sent_at,
        recorded=True,
        returned_at=sent_at + _CAME_BACK_AFTER if told.code else None,
        code=told.code,
        opened_at=opened,
    )


def _facts(message: Message, told: Told) -> Iterator[log.Happened]:
    assert message.sent_at is not None  # noqa: S101 - set above, for the types
    sent = MessageSent(
        message=message.pk,
        way=message.way,
        language=message.language,
        kinds=tuple(sorted({one.kind for one in told.notices})),
        applications=tuple(
            sorted({one.application for one in told.notices if one.application is not None})
        ),
    )
    yield message.sent_at, sent
    if message.returned_at is not None:
        back = MessageReturned(message=message.pk, way=message.way, code=message.code or None)
        yield message.returned_at, back
    if message.opened_at is not None:
        yield message.opened_at, MessageOpened(message=message.pk)


def _when(happened: log.Happened) -> datetime:
    return happened[0]

"""From what waits to messages: all that waits for one person becomes one."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from parvis.casework.notices.choosing import Ways, ways_of
from parvis.casework.notices.models import Message, Notice, Preference
from parvis.casework.notices.noting import has_words, words_of
from parvis.casework.notices.reminding import answered_since
from parvis.casework.notices.status import Wish
from parvis.casework.people.models import Client, User
from parvis.casework.people.selectors import language_of
from parvis.casework.people.services import mark_unreached
from parvis.programs.notices import frame
from parvis.programs.vocabulary import NoticeKind

_AT_ONCE = 200
"""Notices that are looked at in one transaction."""
_TOLD_BY = """
UPDATE notices_notice n SET message_id = m.message
FROM unnest(%s::bigint[], %s::bigint[]) AS m(notice, message) WHERE n.id = m.notice
"""
_LOOK_AGAIN = timedelta(days=1)
"""When somebody is looked at again whom nothing reaches, should nobody have repaired an address."""


@transaction.atomic
def compose(*, urgent: bool, at: datetime) -> int:
    """Make messages of what is ready; return how many notices were dealt with, one way or other.

    Of two workers that compose for one person, one does: the other leaves them alone.
    """
    ready = Notice.objects.filter(message=None, untold=False, urgent=urgent, ready_at__lte=at)
    ids = ready.order_by("ready_at", "id").values_list("user", flat=True)[:_AT_ONCE]
    people = User.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=set(ids))
    users = list(people.order_by("id"))
    said = {one.user_id: one for one in Preference.objects.filter(user__in=users).order_by("id")}
    clients = {one.user_id: one for one in Client.objects.filter(user__in=users).order_by("id")}
    last = dict(
        Message.objects.filter(user__in=users)
        .order_by()
        .values_list("user")
        .annotate(Max("made_at"))
    )
    waiting: dict[int, list[Notice]] = {}
    waits = Notice.objects.filter(user__in=users, message=None, untold=False).order_by("id")
    every = list(waits.select_related("client"))
    over = answered_since(every)
    Notice.objects.filter(pk__in=over).update(untold=True)
    for notice in every:
        if notice.pk not in over:
            waiting.setdefault(notice.user_id, []).append(notice)
    made: list[tuple[Message, Sequence[Notice]]] = []
    for user in users:
        ways, theirs = ways_of(user, said.get(user.pk)), waiting.get(user.pk, [])
        found = _tell(user, theirs, ways, clients.get(user.pk), last.get(user.pk), at)
        if found is not None:
            made.append(found)
    _keep(made)
    return len(every)


def _keep(made: Sequence[tuple[Message, Sequence[Notice]]]) -> None:
    """Keep messages, and of each notice by which it is told: two statements, however many."""
    Message.objects.bulk_create([message for message, _ in made])
    pairs = [(one.pk, message.pk) for message, notices in made for one in notices]
    with connection.cursor() as cursor:
        cursor.execute(_TOLD_BY, [list(column) for column in zip(*pairs, strict=True)] or [[], []])


def _tell(  # noqa: PLR0913, PLR0917 - a person with all that was found on them
    user: User,
    notices: Sequence[Notice],
    ways: Ways,
    client: Client | None,
    last: datetime | None,
    at: datetime,
) -> tuple[Message, Sequence[Notice]] | None:
    """Return one message, not yet kept, for all that waits for a person, with what it tells.

    None where they are told nothing now; it is noted then until when it goes on waiting.
    """
    told = _wanted(notices, user, ways)
    if not told:
        return None
    way = ways.way()
    if way is None:
        _wait(told, at + _LOOK_AGAIN)
        enlist([user.pk], at=at)
        return None
    urgent = any(one.urgent for one in told)
    apart = frame().apart if urgent else frame().window
    quiet = ways.quiet_until(way, at)
    if quiet is not None or (last is not None and last + apart > at):
        until = max(moment for moment in (quiet, last and last + apart) if moment is not None)
        _wait(told, until)
        return None
    language = language_of(user, client) or told[0].client.language
    message = Message(
        user=user,
        way=way,
        address=ways.addresses[way],
        language=language,
        urgent=urgent,
        instead=all(one.instead for one in told),
        made_at=at,
        try_at=at,
    )
    return message, told


def _wanted(notices: Sequence[Notice], user: User, ways: Ways) -> Sequence[Notice]:
    """Return what somebody is to be told of; the rest is noted as untold.

    That is by their own wish, or because their account was closed: they cannot read it any more.
    """
    if user.is_active and ways.wish is not Wish.NONE:
        return notices
    must = [
        one
        for one in notices
        # Without words it cannot be told whether it must be: the message waits for them.
        if user.is_active
        and (not has_words(one.program) or words_of(NoticeKind(one.kind), one.program).always)
    ]
    unwanted = {one.pk for one in notices} - {one.pk for one in must}
    Notice.objects.filter(pk__in=unwanted).update(untold=True)
    return must


def _wait(notices: Sequence[Notice], until: datetime) -> None:
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(ready_at=until)


def enlist(users: Collection[int], *, at: datetime) -> None:
    """Put people whom nothing reaches on the list of those for whom a person looks."""
    Preference.objects.bulk_create(
        [Preference(user_id=user) for user in sorted(users)], ignore_conflicts=True
    )
    Preference.objects.filter(user__in=users, listed_at=None).update(listed_at=at)
    mark_unreached(users=users, at=at)


def told_anew(message: Message, ways: Ways, *, at: datetime) -> Message | None:
    """Return a message, not yet kept, that tells what one failed to tell, by a way that works.

    That may be the same way, to another address. None where no way is left.
    """
    way = ways.way()
    if way is None:
        return None
    return Message(
        user_id=message.user_id,
        way=way,
        address=ways.addresses[way],
        language=message.language,
        urgent=message.urgent,
        instead=message.instead,
        first_id=message.first_id or message.pk,
        made_at=at,
        try_at=ways.quiet_until(way, at) or at,
    )


def lost_by(user: User) -> QuerySet[Message]:
    """Return the messages that somebody never got: they came back by every way, and none opened."""
    others = Message.objects.filter(first=OuterRef("pk"))
    got = others.filter(Q(returned_at=None) | Q(opened_at__isnull=False))
    back = Message.objects.filter(user=user, first=None, returned_at__isnull=False, opened_at=None)
    return back.exclude(Exists(got)).order_by("pk")

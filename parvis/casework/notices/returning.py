"""What comes back: noted on its message, tried by another way, or given to a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.notices.choosing import Ways, ways_of
from parvis.casework.notices.composing import enlist, told_anew
from parvis.casework.notices.facts import MessageReturned
from parvis.casework.notices.models import Message, Notice, Preference
from parvis.casework.notices.references import message_named
from parvis.casework.notices.status import Verdict, Way
from parvis.casework.notices.ways import Returned

BY = "notices"
# What came back was sent, though its worker may have died before it noted that.
_BACK = """
UPDATE notices_message m SET returned_at = %s, code = n.code, sent_at = coalesce(sent_at, begun_at)
FROM unnest(%s::bigint[], %s::text[]) AS n(id, code) WHERE m.id = n.id
"""
_FAIL = """
UPDATE notices_preference p SET email_failed = n.email, phone_failed = n.phone
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS n(id, email, phone) WHERE p.id = n.id
"""
_COUNT = """
INSERT INTO notices_tally AS t ("on", verdict, count) VALUES (%s, %s, %s)
ON CONFLICT ("on", verdict) DO UPDATE SET count = t.count + excluded.count
"""


@transaction.atomic
def take_back(mails: Sequence[Returned], *, at: datetime) -> Counter[Verdict]:
    """Act on mails that came back, and count each sort; what was acted on before is counted too."""
    named = [(one, None if one.name is None else message_named(one.name)) for one in mails]
    known = set(
        Message.objects.filter(pk__in={pk for _, pk in named if pk is not None}).values_list(
            "pk", flat=True
        )
    )
    counts: Counter[Verdict] = Counter()
    back: dict[int, str] = {}
    for one, message in named:
        if one.verdict in (Verdict.ANSWERED, Verdict.WRITTEN):
            counts[one.verdict] += 1
        elif one.name is None:
            counts[Verdict.STRANGE] += 1
        elif message is None or message not in known:
            counts[Verdict.FORGED] += 1
        elif one.verdict is Verdict.DELAYED:
            counts[Verdict.DELAYED] += 1
        elif message in back:
            counts[Verdict.AGAIN] += 1
        else:
            back[message] = one.code
    acted = come_back(back, at=at)
    counts[Verdict.RETURNED] += acted
    counts[Verdict.AGAIN] += len(back) - acted
    _count(counts, at)
    return counts


@transaction.atomic
def come_back(messages: Mapping[int, str], *, at: datetime) -> int:
    """Note that messages came back, each with its code; have them told by another way.

    Where there is none left, whoever they were for is put on the list of those for whom a person
    looks. Returns how many had not come back before.
    """
    rows = Message.objects.select_for_update(of=("self",)).select_related("user")
    fresh = list(rows.filter(pk__in=messages, returned_at=None).order_by("pk"))
    if not fresh:
        return 0
    for message in fresh:
        message.returned_at, message.code = at, messages[message.pk][:16]
    with connection.cursor() as cursor:
        codes = [message.code for message in fresh]
        cursor.execute(_BACK, [at, [message.pk for message in fresh], codes])
    _record(fresh, at)
    said = _failed(fresh)
    others, unreached = [], set[int]()
    for message in fresh:
        ways: Ways = ways_of(message.user, said[message.user_id])
        other = told_anew(message, ways, at=at)
        if other is not None:
            others.append(other)
        elif ways.way() is None:
            unreached.add(message.user_id)
    Message.objects.bulk_create(others)
    enlist(unreached, at=at)
    return len(fresh)


def _failed(messages: Sequence[Message]) -> dict[int, Preference]:
    """Note which addresses have failed, of those that are in use.

    What comes back late from one that was put right since says nothing of the one that is now.
    """
    users = {message.user_id for message in messages}
    Preference.objects.bulk_create(
        [Preference(user_id=user) for user in users], ignore_conflicts=True
    )
    said = {
        one.user_id: one
        for one in Preference.objects.select_for_update().filter(user__in=users).order_by("pk")
    }
    for message in messages:
        one = said[message.user_id]
        if ways_of(message.user, one).addresses.get(Way(message.way)) != message.address:
            continue
        if message.way == Way.EMAIL:
            one.email_failed = message.address
        else:
            one.phone_failed = message.address
    rows = [(one.pk, one.email_failed, one.phone_failed) for one in said.values()]
    with connection.cursor() as cursor:
        cursor.execute(_FAIL, [list(column) for column in zip(*rows, strict=True)])
    return said


def _record(messages: Sequence[Message], at: datetime) -> None:
    """Have the log say so, of each client whose matter a message was."""
    first = {message.first_id or message.pk: message for message in messages}
    concerned = (
        Notice.objects.filter(message__in=first)
        .order_by("client")
        .values_list("message", "client")
        .distinct()
    )
    chains: dict[int, list[log.Happened]] = {}
    for pk, client in concerned:
        if pk is not None:
            message = first[pk]
            fact = MessageReturned(message=message.pk, way=message.way, code=message.code or None)
            chains.setdefault(client, []).append((at, fact))
    heads = log.lock(list(chains))
    log.write(
        [(heads[client], happened) for client, happened in chains.items()],
        kind=SubjectKind.CLIENT,
        by=BY,
    )


def _count(counts: Counter[Verdict], at: datetime) -> None:
    on = timezone.localdate(at)
    with connection.cursor() as cursor:
        for verdict, count in sorted(counts.items()):
            if count:
                cursor.execute(_COUNT, [on, verdict, count])

"""Look notices up: how somebody is told, what was sent on a file, whom nothing reaches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from parvis.casework.notices.choosing import Ways, ways_of
from parvis.casework.notices.models import Message, Notice, Preference, Proof
from parvis.casework.notices.status import State, Way, Wish
from parvis.casework.people.models import Client, User
from parvis.programs.vocabulary import NoticeKind


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody is told, as they see it."""

    ways: Ways
    email: str
    phone: str
    to_prove: str
    """The number to which a code went that they have not given yet; empty for none."""
    wish_then: Wish
    """How they are told once they have, or now where nothing is to prove."""
    time_zone: str
    failed: frozenset[Way]
    """The ways from which something came back."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message about a file: when and how, in which state, of what; never its address."""

    id: int
    at: datetime
    way: Way
    kinds: tuple[NoticeKind, ...]
    state: State
    opened_at: datetime | None
    returned_at: datetime | None
    instead: bool
    again: bool
    """Whether it told by another way what had come back."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whom nothing reaches."""

    user: int
    name: str
    email: str
    phone: str
    failed: frozenset[Way]
    code: str
    """Why the last message came back, in the server's words (RFC 3463)."""
    since: datetime
    files: tuple[int, ...]
    waiting: int
    """How many notices they have not been told."""


def failed_addresses(addresses: Iterable[str]) -> set[str]:
    """Return those of these addresses of e-mail from which a notice came back."""
    failed = Preference.objects.filter(email_failed__in=set(addresses))
    return set(failed.values_list("email_failed", flat=True))


def wishes_of(user: User, *, now: datetime) -> Wishes:
    """Return how somebody is told."""
    said = Preference.objects.filter(user=user).first() or Preference(user=user)
    proof = Proof.objects.filter(user=user, ends_at__gt=now).first()
    ways = ways_of(user, said)
    return Wishes(
        ways=ways,
        email=ways.addresses[Way.EMAIL],
        phone=said.phone,
        to_prove=proof.phone if proof else "",
        wish_then=Wish(proof.wish) if proof else ways.wish,
        time_zone=said.time_zone,
        failed=frozenset(ways.addresses) - ways.working,
    )


def sent_on(application: int) -> list[Sent]:
    """Return the messages about a file, the latest first; those that are still to go, too."""
    notices = Notice.objects.filter(application=application, message__isnull=False).order_by("id")
    kinds: dict[int, list[NoticeKind]] = {}
    for message, kind in notices.values_list("message", "kind"):
        if message is not None:
            kinds.setdefault(message, []).append(NoticeKind(kind))
    found = Message.objects.filter(Q(pk__in=kinds) | Q(first__in=kinds)).order_by("-made_at", "-pk")
    return [
        Sent(
            id=one.pk,
            at=one.sent_at or one.made_at,
            way=Way(one.way),
            kinds=tuple(dict.fromkeys(kinds[one.first_id or one.pk])),
            state=one.state,
            opened_at=one.opened_at,
            returned_at=one.returned_at,
            instead=one.instead,
            again=one.first_id is not None,
        )
        for one in found
    ]


def unreached(*, most: int, after: int | None = None) -> list[Unreached]:
    """Return people whom nothing reaches, those longest on the list first; after one of them."""
    listed = Preference.objects.filter(listed_at__isnull=False).select_related("user")
    if after is not None:
        last = Preference.objects.filter(user=after).first()
        if last is not None and last.listed_at is not None:
            listed = listed.filter(
                Q(listed_at__gt=last.listed_at) | Q(listed_at=last.listed_at, user__gt=after)
            )
    rows = list(listed.order_by("listed_at", "user")[:most])
    users = [row.user_id for row in rows]
    clients = {one.user_id: one for one in Client.objects.filter(user__in=users).order_by("id")}
    codes = dict(
        Message.objects.filter(user__in=users, returned_at__isnull=False)
        .order_by("pk")
        .values_list("user", "code")
    )
    files = _files(users)
    waiting = _waiting(users)
    return [_unreached(row, clients, codes, files, waiting) for row in rows]


def unreached_one(user: int) -> Unreached | None:
    """Return one of them; None where they are not on the list."""
    row = Preference.objects.filter(user=user, listed_at__isnull=False).select_related("user")
    one = row.first()
    if one is None:
        return None
    clients = {client.user_id: client for client in Client.objects.filter(user=user).order_by("id")}
    codes = dict(
        Message.objects.filter(user=user, returned_at__isnull=False)
        .order_by("pk")
        .values_list("user", "code")
    )
    return _unreached(one, clients, codes, _files([user]), _waiting([user]))


def counts(at: datetime) -> dict[str, object]:
    """Return what waits, for whoever runs the house."""
    waiting = Message.objects.filter(sent_at=None, returned_at=None)
    return {
        "notices_waiting": Notice.objects.filter(message=None, untold=False).count(),
        "messages_waiting": waiting.count(),
        "of_these_tried": waiting.filter(tries__gt=0).count(),
        "oldest_made_at": waiting.aggregate(Min("made_at"))["made_at__min"],
        "sent_and_not_recorded": Message.objects.filter(
            recorded=False, sent_at__isnull=False, sent_at__lte=at
        ).count(),
        "unreached": Preference.objects.filter(listed_at__isnull=False).count(),
    }


def _files(users: Sequence[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    notices = Notice.objects.filter(user__in=users, application__isnull=False)
    pairs = notices.order_by("user", "application").values_list("user", "application").distinct()
    for user, application in pairs:
        if application is not None:
            found[user] = (*found.get(user, ()), application)
    return found


def _waiting(users: Sequence[int]) -> dict[int, int]:
    lost = Q(message=None, untold=False) | Q(
        message__returned_at__isnull=False, message__opened_at=None
    )
    counted = Notice.objects.filter(lost, user__in=users).order_by("user").values("user")
    return {row["user"]: row["many"] for row in counted.annotate(many=Count("id"))}


def _unreached(
    row: Preference,
    clients: dict[int | None, Client],
    codes: dict[int, str],
    files: dict[int, tuple[int, ...]],
    waiting: dict[int, int],
) -> Unreached:
    client = clients.get(row.user_id)
    ways = ways_of(row.user, row)
    assert row.listed_at is not None  # noqa: S101 - asked for, for the types
    return Unreached(
        user=row.user_id,
        name=client.name if client else row.user.email,
        email=ways.addresses[Way.EMAIL],
        phone=row.phone,
        failed=frozenset(ways.addresses) - ways.working,
        code=codes.get(row.user_id, ""),
        since=row.listed_at,
        files=files.get(row.user_id, ()),
        waiting=waiting.get(row.user_id, 0),
    )

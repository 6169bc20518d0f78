"""Look keys up; never their secrets, which nobody has but whose they are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from parvis.casework.keys.models import Key
from parvis.casework.keys.status import KeyState
from parvis.casework.mandates.models import Member
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key in a list."""

    id: int
    name: str
    hint: str
    owner: str
    """The address that its owner signs in with, or another system's code."""
    own: bool
    """Whether it is whoever's who asks, and not a colleague's."""
    acts: tuple[str, ...]
    programs: tuple[str, ...] | None
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    state: KeyState


def keys_seen_by(user: User, *, now: datetime) -> list[KeyLine]:
    """Return somebody's keys and those of their firm, those that open something first."""
    return _lines(Key.objects.filter(user__in=owners_for(user)), now, user)


def system_keys(*, now: datetime) -> list[KeyLine]:
    """Return the keys of other systems of the department."""
    return _lines(Key.objects.filter(user__role=Role.SYSTEM), now, None)


def all_keys(*, now: datetime) -> list[KeyLine]:
    """Return every key."""
    return _lines(Key.objects.all(), now, None)


def owners_for(user: User) -> QuerySet[User]:
    """Return the people whose software somebody may look after: their own and their firm's."""
    places = Member.objects.filter(left_at=None)
    firm = places.filter(user=user).values("firm")
    return User.objects.filter(
        Q(pk=user.pk) | Q(pk__in=places.filter(firm__in=firm).values("user"))
    )


def systems() -> list[User]:
    """Return the accounts of other systems."""
    return list(User.objects.filter(role=Role.SYSTEM).order_by("email"))


def _lines(keys: QuerySet[Key], now: datetime, user: User | None) -> list[KeyLine]:
    rows = keys.select_related("user").order_by("-made_at", "-id")
    lines = [
        KeyLine(
            id=row.pk,
            name=row.name,
            hint=row.hint,
            owner=row.user.email.removesuffix("@systems.invalid"),
            own=user is None or row.user_id == user.pk,
            acts=tuple(row.acts),
            programs=None if row.programs is None else tuple(row.programs),
            made_at=row.made_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            last_used_at=row.last_used_at,
            state=row.state(now),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.state is not KeyState.GOOD)

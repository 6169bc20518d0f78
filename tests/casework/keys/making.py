"""Keys for tests, made as anybody's are."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.test import Client as Browser

from parvis.casework.keys.services import NewKey, make_key, system
from parvis.casework.people.models import User
from parvis.lib import clock


def a_key(
    owner: User,
    *acts: str,
    programs: Collection[str] | None = None,
    days: float = 30,
    at: datetime | None = None,
) -> NewKey:
    """Return a key for somebody's software, made now."""
    at = at or clock.now()
    return make_key(
        owner=owner,
        name="Case software",
        acts=acts or ("see",),
        programs=programs,
        expires_at=at + timedelta(days=days),
        by=None,
        at=at,
    )


def another_system(code: str = "case-system") -> User:
    """Return the account of another system of the department."""
    return system(code=code, at=clock.now())


def with_key(secret: str) -> Browser:
    """Return software that comes with a key or a token to every request."""
    return Browser(headers={"Authorization": f"Bearer {secret}"})

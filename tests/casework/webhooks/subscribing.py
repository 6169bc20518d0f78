"""Subscriptions for tests, made as anybody's are."""

from parvis.casework.people.models import User
from parvis.casework.webhooks.services import Told, subscribe
from parvis.lib import clock


def subscribed(
    owner: User, url: str, *, kinds: list[str] | None = None, programs: list[str] | None = None
) -> Told:
    """Return a subscription of somebody's software, made now."""
    return subscribe(
        owner=owner,
        name="Case software",
        url=url,
        kinds=kinds,
        programs=programs,
        by=None,
        at=clock.now(),
    )

"""Who asks about mandates."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest

from parvis.casework.people.policies import Act, user_may

if TYPE_CHECKING:
    from parvis.casework.people.models import User


def asking(request: HttpRequest) -> "User":
    """Return who asks, if mandates are anything to them: to staff, these pages are not there."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.HOLD, request.user):
        raise Http404
    return request.user

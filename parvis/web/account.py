"""How people sign in, where it differs from allauth's ways."""

from datetime import datetime
from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.lib import clock

_VISITED = "visited_before"
"""Where a session keeps when its user signed in the time before."""


def last_visit(request: HttpRequest) -> datetime | None:
    """Return when whoever is signed in came the time before; None on a first visit."""
    kept = request.session.get(_VISITED)
    return None if kept is None else datetime.fromisoformat(kept)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the department; nobody signs up by themselves yet."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and password do not go together."),
        "too_many_login_attempts": _("There were too many attempts. Try again in five minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody may sign up."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in, and remember when they came the time before, by the house's clock."""
        before = user.last_login
        super().login(request, user)
        user.last_login = clock.now()
        user.save(update_fields=["last_login"])
        if before is not None:
            request.session[_VISITED] = before.isoformat()

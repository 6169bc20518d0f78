"""How people sign in, where it differs from allauth's ways."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the department; nobody signs up by themselves yet."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and password do not go together."),
        "too_many_login_attempts": _("There were too many attempts. Try again in five minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody may sign up."""
        return False

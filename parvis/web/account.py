"""How people sign in, where it differs from allauth's ways."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Accounts are opened by the department; nobody signs up by themselves yet."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell that nobody may sign up."""
        return False

"""Signing up, which takes as long for an address that has an account as for one that has none."""

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest


class SignUp(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """allauth's own, which answers alike but keeps no password where there is an account."""

    def try_save(self, request: HttpRequest) -> Any:
        """Open an account, or tell by mail that there is one; hash the password either way."""
        password = self.cleaned_data.get("password1")
        if self.account_already_exists and password:
            make_password(password)
        return super().try_save(request)

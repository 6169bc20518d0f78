"""Passkeys and codes, where they differ from allauth's ways."""

from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Our words, and an account's own name for itself: its address."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used before."),
        "unverified_email": _("First show that your e-mail address is yours."),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """Return what a passkey is called until somebody calls it otherwise."""
        return gettext("My passkey")

    def build_totp_svg(self, url: str) -> str:
        """Return the square code as a part of the page, which needs no picture from elsewhere."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]

    def _get_site_name(self) -> str:
        return "Parvis"

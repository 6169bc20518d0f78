"""Passkeys and codes, where they differ from allauth's ways."""

from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.lib.sealing import sealer

_FOR = b"secrets of second factors"


def _keys() -> MultiFernet:
    return sealer((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), purpose=_FOR)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Our words, and an account's own name for itself: its address."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it was used before."),
        "unverified_email": _("First show that your e-mail address is yours."),
    }

    def encrypt(self, text: str) -> str:
        """Return an app's secret as it is kept: who reads the database alone cannot use it."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return an app's secret, kept under the secret key of now or an earlier one."""
        return _keys().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """Return what a passkey is called until somebody calls it otherwise."""
        return gettext("My passkey")

    def build_totp_svg(self, url: str) -> str:
        """Return the square code as a part of the page, which needs no picture from elsewhere."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]

    def _get_site_name(self) -> str:
        return "Parvis"

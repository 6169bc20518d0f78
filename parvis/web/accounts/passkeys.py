"""What a browser answers for a passkey, refused in a sentence where it is not of the right shape.

allauth's own forms fail with an error of the server's on most such answers.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)

from parvis.web.accounts.plain import check_plain

_SHAPELESS = (KeyError, TypeError, ValueError, AttributeError)


class _Opens:
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]  # beside a form of allauth's
        except _SHAPELESS as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _Named:
    def clean_name(self) -> str:
        name: str = super().clean_name()  # type: ignore[misc]  # beside a form of allauth's
        check_plain(name)
        return name

    def clean(self) -> Any:
        try:
            return super().clean()  # type: ignore[misc]  # beside a form of allauth's
        except _SHAPELESS as error:
            raise get_adapter().validation_error("incorrect_code") from error


class Login(_Opens, LoginWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Signing in with a passkey alone."""


class Second(_Opens, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey after the password."""


class Again(_Opens, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey before what could lock somebody out."""


class Add(_Named, AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """One more passkey."""


class First(_Named, SignupWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """The passkey with which an account is opened."""


class Rename(EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Another name for a passkey."""

    def clean_name(self) -> str:
        """Refuse a name that hides something."""
        name: str = self.cleaned_data["name"]
        check_plain(name)
        return name

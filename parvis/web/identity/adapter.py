"""Who may sign in by a service, and as what."""

from dataclasses import dataclass
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest

from parvis.casework.people.roles import Role
from parvis.casework.people.selectors import user_by_email
from parvis.casework.people.services import take_role
from parvis.lib.text import Text
from parvis.web.identity.staff import STAFF, proved_two, role_told
from parvis.web.showing import show

_NO_ADDRESS = Text(
    en="The sign-in service did not tell us your e-mail address.",
    fr="Le service de connexion ne nous a pas donné votre adresse de courriel.",
)
_ONE_FACTOR = Text(
    en="Staff sign in with a second factor, such as a security key.",
    fr="Le personnel se connecte avec un second facteur, comme une clé de sécurité.",
)
_NO_ROLE = Text(
    en="The sign-in service did not tell us your role here.",
    fr="Le service de connexion ne nous a pas indiqué votre rôle ici.",
)
_A_CLIENT = Text(
    en="Your work address opens a client account. Ask an administrator to change that.",
    fr="Votre adresse de travail ouvre un compte de client. Parlez-en à l’administration.",
)


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """Why somebody could not sign in by a service."""

    reason: Text


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Staff have their role from the department's service; everybody else is from outside."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the services of the environment; a row in a table adds none."""
        found: list[SocialApp] = super().list_apps(request, provider, client_id)
        return [app for app in found if app.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whom the service does not tell enough of; give staff the role that it tells."""
        said = sociallogin.account.extra_data.get("id_token", {})
        if not sociallogin.is_existing and not sociallogin.email_addresses:
            _refuse(request, _NO_ADDRESS)
        if sociallogin.account.provider == STAFF:
            _take_in_staff(request, sociallogin, said)


def _take_in_staff(request: HttpRequest, login: SocialLogin, said: dict[str, Any]) -> None:
    role = role_told(said)
    if role is None:
        # Whoever was staff is so no longer, wherever they are still signed in.
        if login.is_existing:
            take_role(user=login.user, role=Role.PERSON)
        _refuse(request, _NO_ROLE)
    if not proved_two(said):
        _refuse(request, _ONE_FACTOR)
    if login.is_existing:
        take_role(user=login.user, role=role)
        return
    known = user_by_email(login.email_addresses[0].email)
    if known is None:
        login.user.role = role
        # The department vouches for its own people's addresses.
        login.email_addresses[0].verified = True
    elif known.is_staff:
        take_role(user=known, role=role)
        login.connect(request, known)
    else:
        _refuse(request, _A_CLIENT)


def _refuse(request: HttpRequest, reason: Text) -> NoReturn:
    raise ImmediateHttpResponse(
        show(request, "identity/refused.html", RefusedPage(reason), status=403)
    )

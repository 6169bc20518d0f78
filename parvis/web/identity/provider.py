"""The provider that allauth looks for: OpenID Connect, with a nonce, and no wishes of the asker."""

import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from parvis.web.identity.staff import STAFF, WITH_A_SECOND_FACTOR

if TYPE_CHECKING:
    from parvis.web.identity.openid import Service


class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    """One service: `public` for anybody outside, or `staff` for those who work here."""

    id = "parvis_oidc"
    name = "OpenID Connect"

    @property
    def oauth2_adapter_class(self) -> type["Service"]:
        """Return what asks the service; reading signatures takes a while to load."""
        from parvis.web.identity.openid import Service  # noqa: PLC0415

        return Service

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Sign somebody in, and nothing else that an address could ask for."""
        kept: dict[str, Any] = {"process": AuthProcess.LOGIN}
        if there := get_next_redirect_url(request):
            kept["next_url"] = there
        return kept

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Send somebody to the service, with a word that its answer must hold."""
        nonce = secrets.token_urlsafe(24)
        asked = {**self.get_auth_params(), "nonce": nonce}
        if self.app.provider_id == STAFF:
            asked["acr_values"] = " ".join(WITH_A_SECOND_FACTOR)
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=asked, nonce=nonce, **kwargs
        )
        return answer


provider_classes = [Provider]

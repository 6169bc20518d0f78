"""Asking a sign-in service who somebody is, and believing nothing that it did not sign for us."""

from typing import Any

import jwt
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

_SIGNATURES = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]
"""Such as nobody can make who has only what the service publishes."""
_SAID = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
_CLOCKS_APART_S = 60


class Service(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's own, which would believe what it did not check where TLS alone vouches for it."""

    nonce = ""
    """What the answer must hold, so that it answers this very question."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the service says of itself, if that is whole and it is the one we named."""
        if not hasattr(self, "_openid_config"):
            said = super().openid_config
            if not isinstance(said, dict) or any(
                not isinstance(said.get(part), str) for part in _SAID
            ):
                raise OAuth2Error("the service does not say where to ask")
            named = self.get_provider().app.settings["server_url"]
            if said["issuer"].rstrip("/") != named.partition("/.well-known/")[0]:
                raise OAuth2Error("the service says that it is another one")
        known: dict[str, Any] = self._openid_config
        return known

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return who signed in, by what the service signed and nothing else."""
        signed = kwargs["response"].get("id_token")
        if not isinstance(signed, str):
            raise OAuth2Error("the service signed nothing")
        said = {"id_token": self._decode_id_token(app, signed)}
        return self.get_provider().sociallogin_from_response(request, said)

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Return where the service sends people back to: one address, of neither language."""
        path = reverse("parvis_oidc_callback", kwargs={"provider_id": self.provider_id})
        return request.build_absolute_uri(path)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            said = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=_SIGNATURES,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=_CLOCKS_APART_S,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"what the service signed does not hold: {error}") from error
        if said.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("it was signed for somebody else")
        if not self.nonce or not constant_time_compare(str(said.get("nonce", "")), self.nonce):
            raise OAuth2Error("it answers another question")
        return said

    def _key_of(self, id_token: str) -> Any:
        """Return the key that it says it was signed with, fetched anew: services change theirs."""
        from allauth.socialaccount.adapter import get_adapter  # noqa: PLC0415 - it imports us

        named = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fits = [key for key in keys if named in (None, key.key_id)]
        if len(fits) != 1:
            raise OAuth2Error("the service does not know the key that it signed with")
        return fits[0].key

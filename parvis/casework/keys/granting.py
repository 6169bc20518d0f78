"""OAuth 2.0 for software that speaks it: a key is exchanged for a token (RFC 6749, 4.4).

The protocol is oauthlib's. A key is the client: its id and its secret are the client's, and its
acts are the scopes. A token is for an hour at most, for no more than its key, and ends with it.
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import unquote

from django.db import transaction
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

from parvis.casework.keys.models import Key, Token
from parvis.casework.keys.secrets import KEY, LONGEST, TOKEN, digest, draw
from parvis.casework.people.policies import SCOPES

_HOUR_S = 3_600
_DIGITS = 18


class Granted(NamedTuple):
    """What the exchange is answered with."""

    headers: dict[str, str]
    body: str
    status: int


@transaction.atomic
def grant_token(*, body: str, headers: dict[str, str], at: datetime) -> Granted:
    """Exchange a key for a token, as a form asks for it; or say what is wrong, as RFC 6749 does."""
    server = BackendApplicationServer(
        _Keys(at), token_expires_in=_HOUR_S, token_generator=lambda _: draw(TOKEN)
    )
    return Granted(*server.create_token_response("/api/token", "POST", body, headers))


class _Keys(RequestValidator):  # type: ignore[misc]  # oauthlib ships no types
    """What oauthlib asks about clients, answered from the keys."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Tell whether the client has the key whose number it gave."""
        id_, secret = _basic(request) or (request.client_id, request.client_secret)
        if not (id_ and secret and id_.isascii() and id_.isdigit() and len(id_) <= _DIGITS):
            return False
        if len(secret) > LONGEST or not secret.startswith(KEY):
            return False
        key = (
            Key.objects.select_for_update(of=("self",))
            .filter(
                pk=int(id_),
                digest=digest(secret),
                revoked_at=None,
                expires_at__gt=self._at,
                user__is_active=True,
                user__role__in=list(SCOPES),
            )
            .first()
        )
        if key is None:
            return False
        # oauthlib asks a client for its id under this name.
        key.client_id = id_  # type: ignore[attr-defined]
        request.client = key
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Key, request: Request, *a: Any, **k: Any
    ) -> bool:
        """Tell whether it is asked for in the one way that there is."""
        return grant_type == "client_credentials"

    def get_default_scopes(self, client_id: str, request: Request, *a: Any, **k: Any) -> list[str]:
        """Return all that the key is for, where nothing narrower was asked for."""
        return list(request.client.acts)

    def validate_scopes(
        self,
        client_id: str,
        scopes: Sequence[str],
        client: Key,
        request: Request,
        *a: Any,
        **k: Any,
    ) -> bool:
        """Tell whether no more is asked for than the key is for."""
        return bool(scopes) and set(scopes) <= set(client.acts)

    def save_bearer_token(self, token: dict[str, Any], request: Request, *a: Any, **k: Any) -> None:
        """Keep a token's digest; those that are over go."""
        Token.objects.filter(expires_at__lte=self._at).delete()
        key: Key = request.client
        ends_at = min(self._at + timedelta(seconds=_HOUR_S), key.expires_at)
        token["expires_in"] = int((ends_at - self._at).total_seconds())
        Token.objects.create(
            digest=digest(token["access_token"]),
            key=key,
            acts=sorted(request.scopes),
            expires_at=ends_at,
        )


def _basic(request: Request) -> tuple[str, str] | None:
    """Return the client's id and secret from its header, where there is one (RFC 6749, 2.3.1)."""
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        id_, _, secret = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote(id_), unquote(secret)

"""The secrets that deliveries are signed with, as standardwebhooks.com writes and uses them."""

import base64
import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256

from cryptography.fernet import MultiFernet
from django.conf import settings

from parvis.lib.sealing import sealer

_FOR = b"secrets of webhooks"
_BEGINNING = "whsec_"
_BYTES = 32


def draw() -> str:
    """Return a new secret, as its receiver is told it."""
    return _BEGINNING + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def sealed(secret: str) -> str:
    """Return a secret as it is kept."""
    return _sealer().encrypt(secret.encode()).decode()


def opened(kept: str) -> str:
    """Return a secret that is kept."""
    return _sealer().decrypt(kept.encode()).decode()


def signatures(keys: Iterable[str], *, message: str, timestamp: int, body: bytes) -> str:
    """Return the header that signs a message: one signature for each secret, with spaces between.

    HMAC-SHA256 over id, moment and body, so that none of them can be another's.
    """
    signed = b"%s.%d.%s" % (message.encode(), timestamp, body)
    digests = [hmac.digest(_raw(key), signed, sha256) for key in keys]
    if not digests:
        raise ValueError("a delivery is signed, or it is not sent")
    return " ".join(f"v1,{base64.b64encode(one).decode()}" for one in digests)


def _raw(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(_BEGINNING))


def _sealer() -> MultiFernet:
    return sealer((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), purpose=_FOR)

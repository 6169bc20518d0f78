"""Secrets that the house must read again, kept so that who reads the database alone cannot."""

import base64
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet


def sealer(keys: Sequence[str | bytes], *, purpose: bytes) -> MultiFernet:
    """Return what seals for one purpose, under the first key, and opens under any of them."""
    plain = (one.encode() if isinstance(one, str) else one for one in keys)
    digests = [hmac.digest(one, purpose, "sha256") for one in plain]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in digests])

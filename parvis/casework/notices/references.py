"""How a message is named to the outside: its number and a short seal that only the house can make.

The name stands in its Message-ID, in the address to which it returns, and in the link. So whoever
forges a bounce for somebody else's message would have to guess eighty bits.
"""

import hmac
import re
from base64 import b32encode
from hashlib import sha256

from django.conf import settings

SHAPE = r"([1-9a-f][0-9a-f]{0,15})-([a-z2-7]{16})"
_WHOLE = re.compile(SHAPE)
_PURPOSE = b"parvis.notices.message"


def name_of(message: int) -> str:
    """Return the name of a message: 2a-mfrggzdfmztwq2lk, say."""
    return f"{message:x}-{_seal(message)}"


def message_named(name: str) -> int | None:
    """Return the message that a name is of; None where the seal is not ours."""
    found = _WHOLE.fullmatch(name.lower())
    if found is None:
        return None
    message = int(found[1], 16)
    return message if hmac.compare_digest(_seal(message), found[2]) else None


def _seal(message: int) -> str:
    key = _PURPOSE + settings.SECRET_KEY.encode()
    return b32encode(hmac.digest(key, b"%d" % message, sha256)[:10]).decode().lower()

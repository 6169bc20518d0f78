"""Keys and tokens as words: drawn, told apart by how they begin, and kept as digests alone.

They hold 256 bits of chance, so that one digest is enough: nobody finds a key by trying, however
fast, and whoever reads the database has nothing to come with.
"""

import secrets
from hashlib import sha256

KEY, TOKEN = "parvis_", "parvis-token_"
"""How they begin, so that whoever finds one lying about knows what it is."""
_BYTES = 32
_SHOWN = 5
LONGEST = 100


def draw(beginning: str) -> str:
    """Return a new key or token."""
    return beginning + secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> bytes:
    """Return what is kept of it."""
    return sha256(secret.encode("utf-8", "replace")).digest()


def hint(secret: str) -> str:
    """Return how a key begins."""
    return f"{secret[: len(KEY) + _SHOWN]}…"

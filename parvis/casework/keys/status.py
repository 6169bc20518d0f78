"""How far a key has come."""

from enum import StrEnum


class KeyState(StrEnum):
    """Whether a key opens anything."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"

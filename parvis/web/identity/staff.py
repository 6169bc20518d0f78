"""What the department's own sign-in says of staff: their role, and that they proved two things."""

from collections.abc import Mapping
from typing import Any

from parvis.casework.people.roles import STAFF as ROLES
from parvis.casework.people.roles import Role

STAFF = "staff"
"""The service whose word on roles counts; no other's does."""
ROLE_CLAIM = "parvis_role"
WITH_A_SECOND_FACTOR = ("phr", "phrh", "https://refeds.org/profile/mfa")
"""Contexts that no phished password fulfils (OpenID EAP, REFEDS), as `acr` tells them."""
_TWO = "mfa"
_KNOWN_OR_BORN_WITH = frozenset({"pwd", "pin", "kba", "fpt", "face", "iris", "retina", "vbm"})
_HAD = frozenset({"otp", "hwk", "swk", "sc", "pop"})
"""Ways of signing in (RFC 8176), as `amr` tells them: one of each kind is two factors."""


def role_told(said: Mapping[str, Any]) -> Role | None:
    """Return the role of staff that the service told, or None where it told none that there is."""
    told = said.get(ROLE_CLAIM)
    return next((role for role in ROLES if role == told), None)


def proved_two(said: Mapping[str, Any]) -> bool:
    """Tell whether a second factor was proven."""
    ways = said.get("amr")
    named = {str(way) for way in ways} if isinstance(ways, list) else set()
    two = _TWO in named or bool(named & _KNOWN_OR_BORN_WITH and named & _HAD)
    return two or said.get("acr") in WITH_A_SECOND_FACTOR

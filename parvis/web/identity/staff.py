"""What the department's own sign-in says of staff: their role, and that they proved two things."""

from collections.abc import Mapping
from typing import Any

from parvis.casework.people.roles import STAFF as ROLES
from parvis.casework.people.roles import Role

STAFF = "staff"
"""The service whose word on roles counts; no other's does."""
ROLE_CLAIM = "parvis_role"
WITH_A_SECOND_FACTOR = ("phr", "phrh", "https://refeds.org/profile/mfa")
"""Authentication contexts that need two factors (OpenID EAP, REFEDS), as `acr` tells them."""
_SECOND_FACTORS = frozenset({"mfa", "otp", "hwk", "swk", "sc", "pop"})
"""Ways of signing in that prove more than a password (RFC 8176), as `amr` tells them."""


def role_told(said: Mapping[str, Any]) -> Role | None:
    """Return the role of staff that the service told, or None where it told none that there is."""
    told = said.get(ROLE_CLAIM)
    return next((role for role in ROLES if role == told), None)


def proved_two(said: Mapping[str, Any]) -> bool:
    """Tell whether a second factor was proven."""
    ways = said.get("amr")
    named = {str(way) for way in ways} if isinstance(ways, list) else set()
    return said.get("acr") in WITH_A_SECOND_FACTOR or not named.isdisjoint(_SECOND_FACTORS)

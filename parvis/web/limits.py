"""How often one address may write to us, counted where every process sees it."""

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from parvis.casework.people.shared import count

_AT_MOST = 30
"""In a minute that begins with the first: more than anybody does by hand."""


def is_within(request: HttpRequest, what: str) -> bool:
    """Count that an address does something once more; tell whether it still may."""
    try:
        address = get_ip(request)
    except PermissionDenied:
        # It cannot be told, for want of a proxy's word: who comes so is counted together.
        address = "unknown"
    return count(f"{what}:{address}", for_s=60) <= _AT_MOST

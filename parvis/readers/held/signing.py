"""The house's signature on what people take along, drawn from the key that seals its anchors.

One secret to keep and to back up, not two. Whoever changes it changes this key as well: archives
signed before are checked with the public key of then, which is kept for it.
"""

from django.conf import settings

from parvis.lib.signatures import Signer

_PURPOSE = "parvis: files taken along, 1"


def signer() -> Signer:
    """Return what signs archives of this house."""
    return Signer(settings.PARVIS_ANCHOR_KEY.encode(), purpose=_PURPOSE)

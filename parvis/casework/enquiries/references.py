"""How what is ours is named to the outside: Message-IDs made once and kept, and sealed links."""

from datetime import datetime
from secrets import token_hex

from django.conf import settings
from django.core.signing import BadSignature, Signer

_PURPOSE = "parvis.enquiries.rating"


def message_id_of(conversation: int, at: datetime) -> str:
    """Return a new Message-ID for something that we write, without its brackets."""
    domain = settings.OUTSIDE.mailbox.rpartition("@")[2]
    return f"enquiry.{conversation:x}.{int(at.timestamp()):x}.{token_hex(6)}@{domain}"


def link_to_rating(key: str, language: str) -> str:
    """Return the address at which a question that we asked at the end is answered."""
    return f"{settings.PARVIS_ADDRESS}/{language}/enquiries/helped/{sealed_rating(key)}/"


def sealed_rating(key: str) -> str:
    """Return the key of a question with its seal, as it stands in its address."""
    return Signer(salt=_PURPOSE, sep=".").sign(key)


def rating_sealed(sealed: str) -> str | None:
    """Return the key of a question that an address is of; None where the seal is not ours."""
    try:
        return Signer(salt=_PURPOSE, sep=".").unsign(sealed)
    except BadSignature:
        return None

"""How our own messages are named to the outside: by a Message-ID that is made once and kept."""

from datetime import datetime
from secrets import token_hex

from django.conf import settings


def message_id_of(conversation: int, at: datetime) -> str:
    """Return a new Message-ID for something that we write, without its brackets."""
    domain = settings.OUTSIDE.mailbox.rpartition("@")[2]
    return f"enquiry.{conversation:x}.{int(at.timestamp()):x}.{token_hex(6)}@{domain}"

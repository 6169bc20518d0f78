"""The support centre as whoever knocks at its doors finds it: what was asked, and by whom."""

from datetime import datetime, timedelta

from django.db import transaction

from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment, Message, Rating
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.references import link_to_rating
from parvis.casework.enquiries.status import Channel, Scan, Writing
from parvis.casework.events.wall import lifted
from parvis.casework.lines.services import open_shipped_lines
from parvis.casework.people.models import User
from parvis.casework.people.selectors import client_of
from parvis.lib.references import enquiry_number
from tests.sending import pdf


def support_centre(at: datetime) -> None:
    """Have the lines that every house has, an enquiry with a document, and a question at its end.

    It is nobody's: whoever asked was not signed in.
    """
    open_shipped_lines(at=at)
    paper = Attached(name="a.pdf", content=pdf())
    asked = Asked(channel=Channel.FORM, address="zoe@example.org", subject="", said="Where?")
    row = ask(asked=asked, form="f", attached=[paper], by=None, at=at).conversation
    Attachment.objects.update(scan=Scan.CLEAN)
    sent = Message.objects.create(
        conversation=row, writing=Writing.ASK, message_id="ask@example.org", said="", at=at
    )
    ends_at = at + timedelta(days=9)
    Rating.objects.create(
        conversation=row, message=sent, key="k" * 22, asked_at=at, ends_at=ends_at
    )


def asked_by(user: User, at: datetime) -> str:
    """Return the number of what somebody asks, signed in; asked twice, it is one."""
    asked = Asked(channel=Channel.FORM, address="", subject="", said=f"Where is {user.pk}?")
    return enquiry_number(ask(asked=asked, form=f"f{user.pk}", by=user, at=at).conversation.pk)


def questions_of(user: User, other: User, at: datetime) -> dict[str, str]:
    """Return the numbers of what was asked, by whose each is to somebody who asks, too.

    Who is no client has nothing in their account, whatever they asked while signed in.
    """
    whose = "nobody's" if client_of(user) is None else "own"
    found = {"another's": asked_by(other, at), "missing": enquiry_number(10**9)}
    return found | {whose: asked_by(user, at)}


def link_at_the_end() -> str:
    """Return what seals the link to the question at the end."""
    with transaction.atomic(), lifted():
        return link_to_rating(Rating.objects.get().key, "en").split("/")[-2]

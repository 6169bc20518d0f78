"""Clients' own enquiries: what they asked and what was answered, and writing again.

Notes, automatic messages and whoever answered stay in the house. An enquiry stands in an account
only where it is known whose it is: a sender for whom nobody vouches is not that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from parvis.casework.enquiries.mails import Attached, Incoming
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.policies import check_is_theirs, is_theirs
from parvis.casework.enquiries.receiving import Sort, take_in
from parvis.casework.enquiries.selectors import Brief, Enquiry, brief_of, enquiry
from parvis.casework.enquiries.status import PROVEN, Channel, Sender, Status, Writing
from parvis.casework.events.wall import lifted
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.selectors import client_of

_SHOWN = frozenset({Writing.IN, Writing.OUT, Writing.TOLD})


def own_enquiries(user: User, *, most: int) -> list[Brief]:
    """Return a client's own enquiries, the newest first."""
    client = client_of(user)
    if client is None:
        return []
    rows = _proven(client.pk).exclude(status=Status.MERGED)
    return [brief_of(one) for one in rows.order_by("-opened_at", "-id")[:most]]


def own_enquiry(id_: int, user: User) -> Enquiry | None:
    """Return a client's own enquiry as they may read it; None where there is none of theirs.

    Of one that goes on as part of another it is that other.
    """
    row = _goes_on(id_, user)
    found = None if row is None or not is_theirs(row, user) else enquiry(row.pk)
    if found is None:
        return None
    written = [
        replace(one, author=None, address="") for one in found.written if one.writing in _SHOWN
    ]
    return replace(found, agent=None, seen_by=None, others=(), written=tuple(written))


def is_out_of_sight(id_: int, user: User) -> bool:
    """Tell whether a client's own enquiry goes on as part of one that is not in their account."""
    row = _goes_on(id_, user)
    return row is not None and row.status == Status.MERGED


def write_again(  # noqa: PLR0913 - what is written, where, and by whom
    *,
    conversation: int,
    words: str,
    form: str,
    attached: Sequence[Attached] = (),
    by: User,
    at: datetime,
) -> Sort:
    """Have a client write into an enquiry of theirs, which is for us to answer again by that.

    It is received as a mail would be, the same form once.
    """
    row = Conversation.objects.filter(pk=conversation).first()
    if row is None:
        raise ActRefused("There is no such enquiry.", "Cette demande n’existe pas.")
    check_is_theirs(row, by)
    mail = Incoming(
        message_id=f"form.{form}@{settings.OUTSIDE.mailbox.rpartition('@')[2]}",
        sender=Sender.PERSON,
        address=by.email,
        vouched=True,
        to=(),
        subject="",
        text=words,
        refers_to=(),
        attached=tuple(attached),
        whole=b"",
        channel=Channel.FORM,
        into=row.pk,
    )
    # Whether it is theirs was asked; what came before, whoever wrote it, is theirs to see or not.
    with transaction.atomic(), lifted():
        [sort] = take_in([mail], at=at)
    return sort


def _goes_on(id_: int, user: User) -> Conversation | None:
    """Return a client's own enquiry, or what it became part of, as far as that is theirs."""
    client = client_of(user)
    if client is None:
        return None
    theirs = _proven(client.pk)
    row = theirs.filter(pk=id_).first()
    while row is not None and row.merged_into is not None:
        after = theirs.filter(pk=row.merged_into).first()
        if after is None:
            break
        row = after
    return row


def _proven(client: int) -> QuerySet[Conversation]:
    return Conversation.objects.filter(client=client, proof__in=PROVEN)

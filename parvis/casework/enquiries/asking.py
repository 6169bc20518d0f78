"""Asking by the form: an enquiry of somebody who may be signed in, or one that was not needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from parvis.casework.applications.selectors import relation_to
from parvis.casework.enquiries.attaching import attach
from parvis.casework.enquiries.facts import EnquiryAvoided
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.opening import Asked, begun
from parvis.casework.enquiries.receiving import BY
from parvis.casework.enquiries.recognising import all_said, recognised
from parvis.casework.enquiries.routing import Routes
from parvis.casework.enquiries.status import Proof, Writing
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.events.wall import lifted
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, may
from parvis.casework.people.roles import Role
from parvis.casework.people.selectors import client_of
from parvis.casework.people.shared import count
from parvis.lib.text import Language

SHOWN_FOR_S = 24 * 60 * 60
"""How long an answer that was shown may be said to have helped."""


class Shown(NamedTuple):
    """An answer on somebody's file that they were shown instead of sending a form."""

    form: str
    line: str
    """The line that they asked, if any."""
    topic: str


@dataclass(frozen=True, slots=True)
class Taken:
    """An enquiry that we have; `again` where the same form had come before."""

    conversation: Conversation
    again: bool


def ask(
    *, asked: Asked, form: str, attached: Sequence[Attached] = (), by: User | None, at: datetime
) -> Taken:
    """Take an enquiry from the form; the same form twice is one enquiry.

    Whoever is signed in is known, and their enquiry is about the file that they name only where
    they may see it.
    """
    message_id = f"form.{form}@{settings.OUTSIDE.mailbox.rpartition('@')[2]}"
    try:
        with transaction.atomic():
            return Taken(_asked(_known(asked, by, at), message_id, attached, by, at), again=False)
    except IntegrityError:
        # Whoever sent it twice at once: the second waited for the first, and finds it there.
        with transaction.atomic(), lifted():
            same = Message.objects.select_related("conversation").filter(message_id=message_id)
            found = same.first()
        if found is None:
            raise
        return Taken(found.conversation, again=True)


@transaction.atomic
def count_avoided(*, shown: Shown, language: Language, by: User, at: datetime) -> None:
    """Take down that somebody was shown the answer on their file, and had nothing more to ask.

    It counts on the line that would have had their enquiry, and once for a form: whoever says so
    twice at once waits for the first, and finds it counted.
    """
    if count(f"avoided:{shown.form}", for_s=SHOWN_FOR_S) > 1:
        return
    [head] = log.reserve(1)
    line = Routes(at).to(asked=shown.line, topic=shown.topic, role=Role(by.role))
    facts: list[Fact] = [EnquiryAvoided(line=line.code, language=language, topic=shown.topic)]
    log.write([(head, [(at, fact) for fact in facts])], kind=SubjectKind.ENQUIRY, by=by.ref)


def _known(asked: Asked, by: User | None, at: datetime) -> Asked:
    """Return what is asked with who asks it, as far as that is known."""
    if by is None:
        return replace(asked, proof=Proof.NONE, role=None, client=None, application=None)
    client = client_of(by)
    application = asked.application
    if application is not None and not may(Act.SEE, relation_to(application, by, at=at)):
        application = None
    return replace(
        asked,
        address=by.email,
        proof=Proof.SIGNED_IN,
        role=Role(by.role),
        client=None if client is None else client.pk,
        application=application if client is not None else None,
    )


def _asked(
    asked: Asked, message_id: str, attached: Sequence[Attached], by: User | None, at: datetime
) -> Conversation:
    [head] = log.reserve(1)
    found = recognised(all_said(asked.subject, asked.said))
    conversation, facts = begun(asked, found, id_=head.subject_id, routes=Routes(at), at=at)
    conversation.save(force_insert=True)
    # Whoever is not signed in may not read what they write, and an INSERT gives back its number.
    with lifted():
        message = Message.objects.create(
            conversation=conversation,
            writing=Writing.IN,
            message_id=message_id,
            address=asked.address,
            said=asked.said,
            at=at,
        )
        attach([(attached, message)])
        log.write(
            [(head, [(at, fact) for fact in facts])],
            kind=SubjectKind.ENQUIRY,
            by=BY if by is None else by.ref,
        )
    return conversation

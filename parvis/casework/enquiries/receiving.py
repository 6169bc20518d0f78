"""Taking mails in: each becomes a message of a conversation, once, however often it comes.

Many at a time, in one transaction: the mailbox forgets them after that, and not before. Whoever is
killed in between has them taken in again, and finds them known by their Message-IDs.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection, transaction

from parvis.casework.enquiries.attaching import attach
from parvis.casework.enquiries.facts import EnquiryReturned, MessageReceived
from parvis.casework.enquiries.mails import Incoming
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.opening import Asked, begun
from parvis.casework.enquiries.recognising import all_recognised, all_said
from parvis.casework.enquiries.routing import Routes
from parvis.casework.enquiries.status import Proof, Returned, Sender, Status, Writing
from parvis.casework.enquiries.threads import Threads, threads_for
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.people.selectors import clients_at
from parvis.engines.language.folding import Folded, fold

BY = "enquiries"
"""Whose act it is in the log."""
_LOCK = 0x9A721B
"""Our number among the database's advisory locks."""
_AGAIN_WITHIN = timedelta(days=1)
_COUNT = """
UPDATE enquiries_message m SET copies = m.copies + n.count
FROM unnest(%s::text[], %s::integer[]) AS n(message_id, count) WHERE m.message_id = n.message_id
"""
_CHANGED = ["status", "agent", "given_at", "returns_at", "changed_at", "promised_at", "comes_at"]


class Sort(StrEnum):
    """What became of a mail."""

    NEW = "new"
    """It began a conversation."""
    MORE = "more"
    """It went on with one."""
    AGAIN = "again"
    """It had come before."""
    MACHINE = "machine"
    """An autoresponder's that answers something of ours: kept, and answered by nobody."""
    NOBODYS = "nobodys"
    """A machine's that answers nothing: not kept here."""
    BOUNCE = "bounce"
    """An answer of ours came back."""


def take_in(mails: Sequence[Incoming], *, at: datetime) -> Counter[Sort]:
    """Make messages of mails, in their order; return how many there were of each sort."""
    return Counter(take_in_each(mails, at=at))


@transaction.atomic
def take_in_each(mails: Sequence[Incoming], *, at: datetime) -> list[Sort]:
    """Make messages of mails, in their order; return what became of each."""
    # Two who take in the same mails at once: the second waits, and finds them known.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return _Intake(mails, at).done()


def alike_of(mail: Incoming) -> str:
    """Return the digest of who wrote what: somebody who sends it thrice says it once.

    None of what is written on one's own page, which comes once: two questions may have one answer.
    """
    if mail.into is not None:
        return ""
    files = sorted(hashlib.sha256(one.content).hexdigest() for one in mail.attached)
    parts = [mail.address, mail.subject, " ".join(mail.text.split()), *files]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


class _Intake:
    """Some mails on their way in."""

    def __init__(self, mails: Sequence[Incoming], at: datetime) -> None:
        self._mails, self._at = mails, at
        self._alike = [alike_of(one) for one in mails]
        self._folded = [fold(one.text) for one in mails]
        self._found = all_recognised(
            [
                all_said(mail.subject, told.said)
                for mail, told in zip(mails, self._folded, strict=True)
            ]
        )
        self._said = self._known()
        self._threads: Threads = threads_for(mails, at=at)
        self._clients = clients_at({one.address for one in mails if one.vouched})
        self._routes = Routes(at)
        self._sorts: list[Sort] = []
        self._copies: Counter[str] = Counter()
        self._messages: list[tuple[Incoming, Message]] = []
        self._opened: dict[int, tuple[Conversation, list[Fact]]] = {}
        self._changed: dict[int, Conversation] = {}
        self._facts: dict[int, list[Fact]] = {}

    def done(self) -> list[Sort]:
        """Take them in; return what became of each."""
        heads = log.reserve(len(self._mails))
        for nth, (mail, alike, head) in enumerate(
            zip(self._mails, self._alike, heads, strict=True)
        ):
            before = self._said.get(mail.message_id) or (alike and self._said.get(alike))
            if not before:
                sort = self._take(nth, id_=head.subject_id)
            else:
                sort = Sort.AGAIN
                self._copies[before] += 1
            self._sorts.append(sort)
        self._keep()
        self._record({head.subject_id: head for head in heads})
        return self._sorts

    def _known(self) -> dict[str, str]:
        """Return the Message-ID of what came before, by its own and by what it said."""
        ids = {one.message_id for one in self._mails}
        same = Message.objects.filter(message_id__in=ids).values_list("message_id", flat=True)
        alike = (
            Message.objects.filter(
                alike__in=set(self._alike) - {""}, at__gte=self._at - _AGAIN_WITHIN
            )
            .order_by("-id")
            .values_list("alike", "message_id")
        )
        return dict(alike) | {one: one for one in same}

    def _take(self, nth: int, *, id_: int) -> Sort:
        mail, alike = self._mails[nth], self._alike[nth]
        conversation = self._threads.of(mail)
        if conversation is None and mail.sender is not Sender.PERSON:
            return Sort.NOBODYS
        message = _message(mail, self._folded[nth], alike, self._at)
        self._said[mail.message_id] = mail.message_id
        if mail.sender is Sender.PERSON:
            self._said[alike] = mail.message_id
        if conversation is None:
            asked = _asked(mail, message, self._clients)
            conversation, facts = begun(
                asked, self._found[nth], id_=id_, routes=self._routes, at=self._at
            )
            self._opened[id_] = conversation, facts
            self._threads.add(conversation)
            sort = Sort.NEW
        else:
            sort = self._go_on(mail, conversation)
        message.conversation = conversation
        self._threads.by_message[mail.message_id] = conversation.pk
        self._messages.append((mail, message))
        return sort

    def _go_on(self, mail: Incoming, conversation: Conversation) -> Sort:
        """Have a conversation go on with a mail, and somebody act where it is for a person to."""
        if mail.sender is Sender.MACHINE or not self._is_ours(mail, conversation):
            return Sort.MACHINE
        if conversation.status != Status.GIVEN:
            self._routes.wait_again(conversation)
        conversation.changed_at = self._at
        if conversation.pk not in self._opened:
            self._changed[conversation.pk] = conversation
        if mail.sender is Sender.PERSON:
            return Sort.MORE
        facts = self._facts.setdefault(conversation.pk, [])
        facts.append(EnquiryReturned(reason=Returned.BOUNCED, agent=conversation.agent))
        return Sort.BOUNCE

    def _is_ours(self, mail: Incoming, conversation: Conversation) -> bool:
        """Tell whether a bounce is of an answer of ours, and note there that it came back.

        Whoever wrote to us knows what their own mail is called, and could have that one bounce.
        """
        if mail.sender is not Sender.BOUNCE:
            return True
        ours = Message.objects.filter(conversation=conversation, message_id__in=mail.refers_to)
        # Whether an answer helped is not asked again, and nobody has to act.
        ours.filter(writing=Writing.ASK).update(returned_at=self._at)
        return ours.filter(writing=Writing.OUT).update(returned_at=self._at) > 0

    def _keep(self) -> None:
        Conversation.objects.bulk_create(one for one, _ in self._opened.values())
        Conversation.objects.bulk_update(self._changed.values(), _CHANGED)
        Message.objects.bulk_create(message for _, message in self._messages)
        attach([(mail.attached, message) for mail, message in self._messages])
        if self._copies:
            with connection.cursor() as cursor:
                cursor.execute(_COUNT, [list(self._copies), list(self._copies.values())])

    def _record(self, heads: Mapping[int, log.Head]) -> None:
        """Have the log say what came, each message after what its conversation began with."""
        facts = {id_: list(said) for id_, (_, said) in self._opened.items()}
        began = set[int]()
        for mail, message in self._messages:
            id_ = message.conversation_id
            if message.writing != Writing.IN:
                continue
            if id_ in self._opened and id_ not in began:
                began.add(id_)
                continue
            told = MessageReceived(message=message.pk, channel=mail.channel)
            facts.setdefault(id_, []).append(told)
        for id_, said in self._facts.items():
            facts.setdefault(id_, []).extend(said)
        heads = {**heads, **log.lock([id_ for id_ in facts if id_ not in self._opened])}
        log.write(
            [(heads[id_], [(self._at, fact) for fact in said]) for id_, said in facts.items()],
            kind=SubjectKind.ENQUIRY,
            by=BY,
        )


def _message(mail: Incoming, folded: Folded, alike: str, at: datetime) -> Message:
    person = mail.sender is Sender.PERSON
    return Message(
        writing=Writing.IN if person else Writing.MACHINE,
        message_id=mail.message_id,
        alike=alike if person else "",
        address=mail.address,
        said=folded.said,
        quoted="\n\n".join(filter(None, (folded.signature, folded.quoted))),
        whole=mail.whole,
        at=at,
    )


def _asked(mail: Incoming, message: Message, clients: Mapping[str, int]) -> Asked:
    """Return what a mail asks; only one that its server vouches for is linked to a client."""
    client = clients.get(mail.address) if mail.vouched else None
    return Asked(
        channel=mail.channel,
        address=mail.address,
        subject=mail.subject,
        said=message.said,
        to=mail.to,
        proof=Proof.NONE if client is None else Proof.MAIL,
        client=client,
    )

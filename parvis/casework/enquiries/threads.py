"""Which conversation a mail belongs to: by what it answers, else by the number in its subject.

Nobody joins a conversation of somebody else's, whatever their mail says it answers: the address
must be one that the conversation is held with. An address is easily forged: into a conversation
of which we know whose it is comes only a mail that its server vouches for, or that answers one of
ours, whose Message-ID nobody guesses. Of bounces and autoresponders none is asked, for they come
from servers; nothing is ever answered to them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.casework.enquiries.mails import Incoming
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.status import PROVEN, SENT, Sender, Status
from parvis.lib.references import enquiries_named

_AN_HOUR = timedelta(hours=1)
_MOST_AN_HOUR = 20
"""Conversations that one address opens in an hour; what else it writes goes on with the newest."""
_BEFORE_MERGING = 5
"""So many times a conversation may have been merged into another that was merged."""


@dataclass(frozen=True, slots=True)
class Threads:
    """The conversations that some mails may belong to, as they stand and as these make them."""

    by_message: dict[str, int]
    """The conversation of each message that a mail refers to."""
    held: dict[int, Conversation]
    lately: dict[str, list[int]]
    """Of each address, those that it opened within the hour."""
    ours: frozenset[str]
    """The Message-IDs among them of what we sent."""

    def of(self, mail: Incoming) -> Conversation | None:
        """Return the conversation that a mail goes on with; None where it begins one."""
        for id_ in self._named(mail):
            found = self.held.get(id_)
            if found is None or found.status == Status.MERGED:
                continue
            if (
                mail.into is not None
                or mail.sender is not Sender.PERSON
                # A call's conversation has no address; whoever hides theirs does not get into it.
                or (found.address == mail.address != "" and self._is_theirs(found, mail))
            ):
                return found
        if mail.sender is Sender.PERSON and mail.address:
            opened = self.lately.get(mail.address, [])
            if len(opened) >= _MOST_AN_HOUR:
                return next(
                    (
                        self.held[one]
                        for one in reversed(opened)
                        if self._is_theirs(self.held[one], mail)
                    ),
                    None,
                )
        return None

    def _is_theirs(self, conversation: Conversation, mail: Incoming) -> bool:
        if conversation.proof not in PROVEN or mail.vouched:
            return True
        return any(
            one in self.ours and self.by_message[one] == conversation.pk for one in mail.refers_to
        )

    def add(self, conversation: Conversation) -> None:
        """Know a conversation that one of these mails began."""
        self.held[conversation.pk] = conversation
        self.lately.setdefault(conversation.address, []).append(conversation.pk)

    def _named(self, mail: Incoming) -> Iterable[int]:
        named = [] if mail.into is None else [mail.into]
        named += [self.by_message[one] for one in mail.refers_to if one in self.by_message]
        if mail.sender is Sender.PERSON:
            named += enquiries_named(mail.subject)
        for id_ in named:
            found = self.held.get(id_)
            yield found.merged_into if found and found.merged_into else id_


def threads_for(mails: Sequence[Incoming], *, at: datetime) -> Threads:
    """Return those that these mails may belong to, locked until the transaction ends."""
    references = {one for mail in mails for one in mail.refers_to}
    told = list(
        Message.objects.filter(message_id__in=references)
        .order_by("id")
        .values_list("message_id", "conversation", "writing")
    )
    by_message = {one: conversation for one, conversation, _ in told}
    ours = frozenset(one for one, _, writing in told if writing in SENT)
    lately = _opened_lately({one.address for one in mails if one.sender is Sender.PERSON}, at)
    wanted = {*by_message.values(), *(one for ids in lately.values() for one in ids)}
    wanted |= {id_ for mail in mails for id_ in enquiries_named(mail.subject)}
    wanted |= {mail.into for mail in mails if mail.into is not None}
    held: dict[int, Conversation] = {}
    for _ in range(_BEFORE_MERGING):
        rows = Conversation.objects.select_for_update().filter(pk__in=wanted - set(held))
        found = {one.pk: one for one in rows.order_by("id")}
        held |= found
        wanted |= {one.merged_into for one in found.values() if one.merged_into}
        if wanted <= set(held) or not found:
            break
    return Threads(by_message, held, lately, ours)


def _opened_lately(addresses: Iterable[str], at: datetime) -> dict[str, list[int]]:
    """Return of each address the conversations that it opened within the hour, the newest last."""
    opened = (
        Conversation.objects.filter(address__in=set(addresses) - {""}, opened_at__gt=at - _AN_HOUR)
        .exclude(status=Status.MERGED)
        .order_by("id")
        .values_list("address", "id")
    )
    ids: dict[str, list[int]] = {}
    for address, id_ in opened:
        ids.setdefault(address, []).append(id_)
    return ids

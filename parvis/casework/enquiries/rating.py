"""Asking at the end, once, whether our answer helped, and taking down what is said.

An enquiry has ended when our answer was taken by a server, nothing came back for some days, and
nobody has to act: an agent may close it or not, and most leave it answered. So the answer has been
read by then, and nobody is asked in the minute in which they get it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from parvis.casework.enquiries.facts import EnquiryRated, RatingAsked
from parvis.casework.enquiries.models import Conversation, Message, Rating
from parvis.casework.enquiries.receiving import BY
from parvis.casework.enquiries.references import message_id_of, rating_sealed
from parvis.casework.enquiries.services import SEND
from parvis.casework.enquiries.status import ENDED, Channel, Score, Writing
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.events.later import later
from parvis.casework.events.wall import lifted
from parvis.casework.notices.selectors import failed_addresses
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.roles import Role
from parvis.casework.people.selectors import addresses_in_role

RESTS_FOR = timedelta(days=3)
"""So long nothing has come back when an enquiry has ended."""
MISSED_AFTER = timedelta(days=10)
"""Nobody is asked about what ended longer ago: they would not know any more."""
OPEN_FOR = timedelta(days=30)
"""How long a question can be answered."""
SELDOM = timedelta(days=7)
"""One address is asked no sooner again, about another enquiry, whoever writes in its name."""
LONGEST = 1_000
"""Letters of what somebody adds in their own words."""
OF_PARLIAMENT = "parliamentary"
"""The line, and the topic, of members of Parliament and senators."""
_AT_ONCE = 500
_LOCK = 0x9A721E
"""Our number among the database's advisory locks: of two who ask, one waits and finds it done."""


def ask_all(*, at: datetime) -> int:
    """Ask about every enquiry that has ended and was not asked about; return how many."""
    ended = list(_ended(at).order_by("changed_at", "id").values_list("pk", flat=True))
    starts = range(0, len(ended), _AT_ONCE)
    return sum(_ask(ended[start : start + _AT_ONCE], at) for start in starts)


@transaction.atomic
def rate(*, sealed: str, solved: Score, ease: Score, words: str = "", at: datetime) -> bool:
    """Take down what somebody says at the end; tell whether it had not been said before.

    Whoever has the link has it from their mail; nobody is signed in. Raises `ActRefused` where the
    link is none, where it is too late, and where the words are too many.
    """
    words = words.strip().replace("\r\n", "\n")
    if len(words) > LONGEST:
        raise ActRefused(
            f"This is longer than {LONGEST:,} letters. Shorten it.",
            f"Ce texte dépasse {LONGEST:,} caractères. Raccourcissez-le.".replace(
                ",", "\N{NO-BREAK SPACE}"
            ),
        )
    with lifted():
        key = rating_sealed(sealed)
        row = Rating.objects.select_for_update().filter(key=key).first() if key else None
        if row is None:
            raise ActRefused("There is no such question.", "Cette question n’existe pas.")
        if row.rated_at is not None:
            return False
        if at >= row.ends_at:
            raise ActRefused("It is too late to say.", "Il est trop tard pour répondre.")
        row.solved, row.ease, row.words, row.rated_at = solved, ease, words, at
        row.save(update_fields=["solved", "ease", "words", "rated_at"])
    fact = EnquiryRated(solved=solved, ease=ease)
    log.append(row.conversation_id, [fact], kind=SubjectKind.ENQUIRY, by=BY, at=at)
    return True


def _ended(at: datetime) -> QuerySet[Conversation]:
    """Return what has ended, was answered to an address, and was not asked about yet."""
    ours = Message.objects.filter(conversation=OuterRef("pk"), writing=Writing.OUT)
    rows = Conversation.objects.filter(
        Exists(ours.filter(sent_at__isnull=False)),
        ~Exists(ours.filter(sent_at=None)),
        ~Exists(ours.filter(returned_at__isnull=False)),
        ~Exists(Message.objects.filter(conversation=OuterRef("pk"), writing=Writing.ASK)),
        ~Exists(Rating.objects.filter(conversation=OuterRef("pk"))),
        status__in=ENDED,
        changed_at__gt=at - MISSED_AFTER,
        changed_at__lte=at - RESTS_FOR,
        channel__in=[Channel.EMAIL, Channel.FORM],
        answered_at__isnull=False,
    )
    return rows.exclude(address="").exclude(line=OF_PARLIAMENT).exclude(topic=OF_PARLIAMENT)


@transaction.atomic
def _ask(ids: Sequence[int], at: datetime) -> int:
    """Ask about those of some enquiries that are still as they were; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    rows = list(_ended(at).filter(pk__in=ids).select_for_update(of=("self",)).order_by("id"))
    unwanted = _unwanted({one.address for one in rows}, at)
    # Of several of one address, the one that came last.
    asked = {one.address: one for one in rows if one.address not in unwanted}.values()
    messages = [
        Message(
            conversation=one,
            writing=Writing.ASK,
            message_id=message_id_of(one.pk, at),
            said="",
            at=at,
            try_at=at,
        )
        for one in asked
    ]
    Message.objects.bulk_create(messages)
    Rating.objects.bulk_create(
        Rating(
            conversation_id=one.conversation_id,
            message=one,
            key=token_urlsafe(16),
            asked_at=at,
            ends_at=at + OPEN_FOR,
        )
        for one in messages
    )
    heads = log.lock([one.conversation_id for one in messages])
    log.write(
        [(heads[one.conversation_id], [(at, RatingAsked(message=one.pk))]) for one in messages],
        kind=SubjectKind.ENQUIRY,
        by=BY,
    )
    if messages:
        later().defer(SEND, [{}])
    return len(messages)


def _unwanted(addresses: set[str], at: datetime) -> set[str]:
    """Return those of these addresses that are not asked.

    From some our mail came back, some are of offices of Parliament, and some were asked lately.
    """
    back = Message.objects.filter(
        returned_at__isnull=False, conversation__address__in=addresses
    ).values_list("conversation__address", flat=True)
    lately = Rating.objects.filter(
        asked_at__gt=at - SELDOM, conversation__address__in=addresses
    ).values_list("conversation__address", flat=True)
    offices = addresses_in_role(addresses, Role.PARLIAMENT)
    return {*back, *lately, *offices, *failed_addresses(addresses)}

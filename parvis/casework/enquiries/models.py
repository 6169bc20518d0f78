"""Conversations and what was written in them. Words and addresses stand here, never in the log."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from parvis.casework.enquiries.status import (
    ENDED,
    SENT,
    Channel,
    Proof,
    Scan,
    Score,
    Status,
    Writing,
)
from parvis.lib.text import LANGUAGES


class Conversation(models.Model):
    """What somebody asks, until nothing is left to do. The key is its subject in the log."""

    id = models.BigIntegerField(primary_key=True)
    channel = models.CharField(max_length=8, choices=[(one, one) for one in Channel])
    line = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=[(one, one) for one in LANGUAGES])
    topic = models.CharField(max_length=64, blank=True)
    confidence = models.FloatField(null=True)
    """How sure the topic is, from 0 to 1; none where a person said it."""
    address = models.CharField(max_length=320, blank=True)
    """Where answers go: an address of e-mail, in lower case."""
    phone = models.CharField(max_length=16, blank=True, default="")
    """The number at which to call back, where somebody who called left one."""
    contact = models.CharField(max_length=128, blank=True, default="", db_collation="C")
    """Of a call: the first contact of it, as a telephone system tells of it (casework/contacts)."""
    subject = models.CharField(max_length=200, blank=True)
    proof = models.CharField(max_length=12, choices=[(one, one) for one in Proof])
    client = models.BigIntegerField(null=True)
    application = models.BigIntegerField(null=True)
    status = models.CharField(max_length=12, choices=[(one, one) for one in Status])
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    """By when it is answered, as its line promises."""
    comes_at = models.DateTimeField()
    """What a queue is ordered by: the promise, and the head start that its line has."""
    agent = models.BigIntegerField(null=True)
    """The user who has it."""
    given_at = models.DateTimeField(null=True)
    returns_at = models.DateTimeField(null=True)
    """When it goes back to its queue if nothing is done; or the day on which it comes back."""
    answered_at = models.DateTimeField(null=True)
    """When it was first answered."""
    merged_into = models.BigIntegerField(null=True)
    seen_by = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)
    """Who looked at it last, and when: a warning to the next."""

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                name="whoever_has_an_enquiry_has_it_for_a_while",
                condition=Q(
                    status=Status.GIVEN,
                    agent__isnull=False,
                    given_at__isnull=False,
                    returns_at__isnull=False,
                )
                | (~Q(status=Status.GIVEN) & Q(agent=None, given_at=None)),
            ),
            models.CheckConstraint(
                name="an_enquiry_for_later_says_when",
                condition=Q(returns_at__isnull=False) | ~Q(status__in=[Status.GIVEN, Status.LATER]),
            ),
            models.CheckConstraint(
                name="a_merged_enquiry_says_into_which",
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="an_enquiry_stands_where_one_can",
                condition=Q(status__in=list(Status)),
            ),
            models.CheckConstraint(
                name="an_application_of_an_enquiry_has_its_client",
                condition=Q(application=None) | Q(client__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contact"], name="a_call_is_noted_once", condition=~Q(contact="")
            ),
            models.CheckConstraint(
                name="only_a_call_is_a_contact_of_the_telephone",
                condition=Q(contact="") | Q(channel=Channel.PHONE),
            ),
        )
        indexes: ClassVar = (
            models.Index(
                "line",
                "language",
                "comes_at",
                "id",
                name="queues",
                condition=Q(status=Status.WAITING),
            ),
            models.Index(
                "returns_at",
                name="what_comes_back",
                condition=Q(status__in=[Status.GIVEN, Status.LATER]),
            ),
            models.Index("agent", name="in_hand", condition=Q(status=Status.GIVEN)),
            models.Index(
                "address", "opened_at", name="enquiries_by_address", condition=~Q(address="")
            ),
            models.Index("client", "opened_at", name="enquiries_by_client"),
            models.Index("changed_at", "id", name="ended_lately", condition=Q(status__in=ENDED)),
        )

    def __str__(self) -> str:
        return f"enquiry {self.pk}"


class Message(models.Model):
    """Something that was written: by whoever asks, by us, or by a machine."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT)
    writing = models.CharField(max_length=8, choices=[(one, one) for one in Writing])
    message_id = models.CharField(max_length=255, unique=True)
    """The mail's own, or one that we made: the same message twice has the same."""
    alike = models.CharField(max_length=64, blank=True)
    """Digest of who wrote what: the same words sent once more are the same message."""
    copies = models.PositiveIntegerField(default=0)
    """How often the same came again."""
    address = models.CharField(max_length=320, blank=True)
    """Who wrote it, where they are not of this house."""
    author = models.BigIntegerField(null=True)
    """The user who wrote it, where they are."""
    said = models.TextField()
    quoted = models.TextField(blank=True)
    """What the mail repeats of others before it."""
    whole = models.BinaryField(blank=True, default=b"")
    """The beginning of the mail as it came, so that nothing is lost that we did not understand; its
    documents lie in the store."""
    at = models.DateTimeField()
    drafted = models.BooleanField(default=False)
    try_at = models.DateTimeField(null=True)
    """Of what a server has yet to take: when it is tried next."""
    tries = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    """Since when a try is at hand; a worker that died left it."""
    sent_at = models.DateTimeField(null=True)
    repeats = models.PositiveIntegerField(default=0)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                name="only_what_we_write_to_them_is_sent",
                condition=Q(writing__in=SENT) | Q(try_at=None, sent_at=None, begun_at=None),
            ),
        )
        indexes: ClassVar = (
            models.Index("conversation", "id", name="what_was_written"),
            models.Index(
                "try_at",
                name="answers_to_send",
                condition=Q(writing__in=SENT, sent_at=None, try_at__isnull=False),
            ),
            models.Index(
                "conversation", name="what_came_back", condition=Q(returned_at__isnull=False)
            ),
            models.Index("alike", "at", name="said_before", condition=~Q(alike="")),
            models.Index(
                "at", name="answered_lately", condition=Q(writing__in=[Writing.OUT, Writing.TOLD])
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"


class Attachment(models.Model):
    """A document that came with a message; its contents lie in the store."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40, blank=True)
    """By its contents; empty where it is of no kind that we take."""
    size = models.PositiveBigIntegerField()
    scan = models.CharField(max_length=8, choices=[(one, one) for one in Scan])
    scanned_at = models.DateTimeField(null=True)
    filed_to = models.BigIntegerField(null=True)
    """The application that it was handed to."""

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                name="what_is_filed_was_found_clean",
                condition=Q(filed_to=None) | Q(scan=Scan.CLEAN),
            ),
        )
        indexes: ClassVar = (
            models.Index("id", name="to_be_scanned", condition=Q(scan=Scan.WAITING)),
            models.Index("message", name="came_with"),
        )

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class Rating(models.Model):
    """That whoever asked was asked whether our answer helped, and what they said: each once."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, primary_key=True)
    message = models.OneToOneField(Message, on_delete=models.PROTECT)
    """The question, as it went out."""
    key = models.CharField(max_length=32, unique=True)
    """Drawn, and all that stands in the link: it tells nothing of whom or what it is about."""
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """Until when it can be answered."""
    solved = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in Score])
    ease = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in Score])
    words = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                name="a_rating_says_both_and_when",
                condition=Q(rated_at=None, solved="", ease="", words="")
                | Q(rated_at__isnull=False, solved__in=list(Score), ease__in=list(Score)),
            ),
        )
        indexes: ClassVar = (
            models.Index("asked_at", name="asked_lately"),
            models.Index("rated_at", name="words_to_read", condition=~Q(words="")),
        )

    def __str__(self) -> str:
        return f"rating of enquiry {self.conversation_id}"

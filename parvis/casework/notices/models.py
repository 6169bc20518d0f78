"""What is to be told, the messages that tell it, and how people want to be told."""

from django.db import models
from django.db.models import F, Q

from parvis.casework.notices.status import State, Verdict, Way, Wish
from parvis.casework.people.models import Client, User
from parvis.lib.text import LANGUAGES
from parvis.programs.vocabulary import NoticeKind


class Message(models.Model):
    """What goes out to one person at one time, by one way."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    way = models.CharField(max_length=8)
    address = models.CharField(max_length=254)
    """Where it went, as the address was then."""
    language = models.CharField(max_length=2)
    urgent = models.BooleanField()
    instead = models.BooleanField()
    """Whether it goes to somebody with a mandate in the client's place."""
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="others")
    """The message that failed, where this one tells the same by another way."""
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()
    """When it is to be tried next."""
    begun_at = models.DateTimeField(null=True)
    """When a try began whose end nobody noted: with another, it may arrive twice."""
    tries = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    recorded = models.BooleanField(default=False)
    """Whether the log has it that this was sent."""
    returned_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=16, blank=True, default="")
    """Why it came back, in the server's words (RFC 3463)."""
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_message_goes_by_a_way_that_there_is", condition=Q(way__in=list(Way))
            ),
            models.CheckConstraint(
                name="a_message_is_in_english_or_french", condition=Q(language__in=LANGUAGES)
            ),
            models.CheckConstraint(
                name="a_message_is_opened_after_it_was_sent",
                condition=Q(opened_at=None) | Q(sent_at__isnull=False, opened_at__gte=F("sent_at")),
            ),
            models.CheckConstraint(
                name="what_was_not_sent_is_not_recorded_as_sent",
                condition=Q(recorded=False) | Q(sent_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=["urgent", "try_at"],
                name="messages_to_be_sent",
                condition=Q(sent_at=None, returned_at=None),
            ),
            models.Index(
                fields=["id"],
                name="messages_to_be_recorded",
                condition=Q(recorded=False, sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.returned_at is not None:
            return State.RETURNED
        if self.opened_at is not None:
            return State.OPENED
        return State.WAITING if self.sent_at is None else State.SENT


class Notice(models.Model):
    """One thing that one person is to be told."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="notices")
    """Whose matter it is."""
    application = models.BigIntegerField(null=True)
    """Of which file, if of one. No foreign key: a file's row can be made again."""
    program = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(max_length=24, choices=[(one, one) for one in NoticeKind])
    key = models.CharField(max_length=200)
    """What it tells of: a fact by its subject and number, or a request and which reminder."""
    due_on = models.DateField(null=True)
    instead = models.BooleanField(default=False)
    noted_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    """When it leaves, with whatever waits for the same person then."""
    urgent = models.BooleanField()
    message = models.ForeignKey(
        Message, null=True, on_delete=models.PROTECT, related_name="notices"
    )
    """The message that told it first; None while it waits."""
    untold = models.BooleanField(default=False)
    """Whether nobody is told after all: they want no notices, or cannot be reached at all."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "client", "key"], name="nobody_is_told_the_same_twice"
            ),
            models.CheckConstraint(
                name="a_notice_is_of_a_kind_that_there_is", condition=Q(kind__in=list(NoticeKind))
            ),
        )
        indexes = (
            models.Index(
                fields=["urgent", "ready_at"],
                name="notices_that_wait",
                condition=Q(message=None, untold=False),
            ),
            models.Index(fields=["application"], name="notices_of_a_file"),
        )

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Preference(models.Model):
    """How somebody wants to be told, where they said so, and which addresses have failed."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="preference")
    wish = models.CharField(max_length=8, default=Wish.EMAIL)
    email = models.EmailField(max_length=254, blank=True, default="")
    """Where to write to, where that is not the address with which they sign in."""
    phone = models.CharField(max_length=16, blank=True, default="")
    """As E.164 has it: a plus and up to fifteen digits."""
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    time_zone = models.CharField(max_length=64, blank=True, default="")
    email_failed = models.CharField(max_length=254, blank=True, default="")
    """The address from which a message came back: another one may work."""
    phone_failed = models.CharField(max_length=16, blank=True, default="")
    listed_at = models.DateTimeField(null=True)
    """Since when somebody who works here is to look for an address, since none works."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="people_are_told_in_a_way_that_there_is", condition=Q(wish__in=list(Wish))
            ),
            models.CheckConstraint(
                name="quiet_hours_begin_and_end",
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_number_is_as_telephones_dial_it",
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
            ),
            models.CheckConstraint(
                name="who_wants_texts_gave_a_number", condition=~Q(wish=Wish.TEXT, phone="")
            ),
        )
        indexes = (
            models.Index(
                fields=["listed_at"],
                name="people_to_look_for",
                condition=Q(listed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"preference of {self.user_id}"


class Proof(models.Model):
    """A number that somebody gave, and the code that went there to prove that they have it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    phone = models.CharField(max_length=16)
    wish = models.CharField(max_length=8)
    """How they want to be told once it is proved."""
    digest = models.BinaryField(default=b"")
    """What is kept of the code; empty until it was drawn."""
    tries = models.PositiveSmallIntegerField(default=0)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_number_to_prove_is_as_telephones_dial_it",
                condition=Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
            ),
            models.CheckConstraint(
                name="proof_is_given_in_a_way_that_there_is", condition=Q(wish__in=list(Wish))
            ),
        )

    def __str__(self) -> str:
        return f"proof of {self.user_id}"


class Tally(models.Model):
    """How many mails of each sort came back on a day."""

    on = models.DateField()
    verdict = models.CharField(max_length=16, choices=[(one, one) for one in Verdict])
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["on", "verdict"], name="a_day_counts_each_sort_once"),
            models.CheckConstraint(
                name="mail_is_of_a_sort_that_there_is", condition=Q(verdict__in=list(Verdict))
            ),
        )

    def __str__(self) -> str:
        return f"{self.verdict} on {self.on}"

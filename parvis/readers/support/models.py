"""What is kept of the support centre's counts: a cache, which `counting` makes again from facts.

A cell is a day, a channel, a line, a language and a topic; a year of them is some ten thousand
short rows, however many people called.
"""

from django.db import models


class Cell(models.Model):
    """What was counted of one kind on one day. What is not told is an empty code."""

    pk = models.CompositePrimaryKey("day", "channel", "line", "language", "topic")
    day = models.DateField()
    channel = models.CharField(max_length=16)
    line = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    topic = models.CharField(max_length=64)
    received = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    """Calls on the day on which they came; all else when it was first answered."""
    avoided = models.IntegerField(default=0)
    """Who saw the answer on their file before they sent, and did not send."""
    abandoned = models.IntegerField(default=0)
    callbacks = models.IntegerField(default=0)
    called_back = models.IntegerField(default=0)
    left = models.IntegerField(default=0)
    wait_s = models.BigIntegerField(default=0)
    """Of what was answered on that day, all together."""
    talk_s = models.BigIntegerField(default=0)
    noted = models.IntegerField(default=0)
    """Calls that an agent noted and no telephone system told of: nobody knows how they waited."""
    rating_asked = models.IntegerField(default=0)
    """Who was asked at the end whether our answer helped, on the day on which they were."""
    rated = models.IntegerField(default=0)
    """Who of them said so, whenever they did."""
    satisfied = models.IntegerField(default=0)
    """Who of these said yes to both questions."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="nothing_is_counted_less_than_never",
                condition=models.Q(received__gte=0, answered__gte=0, avoided__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.channel} {self.line}"


class Wait(models.Model):
    """How many answers of a day took how long: a logarithmic bucket (see `waits`)."""

    pk = models.CompositePrimaryKey("day", "channel", "line", "bucket")
    day = models.DateField()
    channel = models.CharField(max_length=16)
    line = models.CharField(max_length=64)
    bucket = models.SmallIntegerField()
    answers = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.day} {self.channel} {self.line} {self.bucket}"


class CountedEnquiry(models.Model):
    """How many facts of an enquiry were counted."""

    enquiry = models.BigIntegerField(primary_key=True)
    facts = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.enquiry}: {self.facts}"


class Reading(models.Model):
    """How far was read: one row."""

    last_event = models.BigIntegerField(default=0)
    """The number of the last contact event that is counted."""
    begun_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    """As of when the figures are: whatever was recorded before is in them."""

    def __str__(self) -> str:
        return f"read at {self.read_at}"

"""Lines and agents as they stand. What happened to them is in the log."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from parvis.casework.people.models import User


class Line(models.Model):
    """A line of the support centre. The primary key is its subject in the log."""

    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=64, unique=True)
    terms = models.JSONField()
    """As `programs/support_lines/schema.Terms` has it."""
    email = models.EmailField(max_length=254, null=True)
    """Where mail to it arrives: the terms' own, here so that the database keeps it apart."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["email"],
                name="an_address_leads_to_one_open_line",
                condition=Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="an_address_of_a_line_is_in_lower_case",
                condition=Q(email=None) | Q(email=Lower("email")),
            ),
            models.CheckConstraint(
                name="no_line_closes_before_it_opened",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Agent(models.Model):
    """Somebody who answers clients: in which languages, knowing what, how much at a time."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE)
    languages = ArrayField(models.CharField(max_length=3))
    skills = ArrayField(models.CharField(max_length=64), default=list)
    capacity = models.PositiveSmallIntegerField()
    """How many conversations they have open at once."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="an_agent_speaks_at_least_one_language",
                condition=Q(languages__len__gte=1),
            ),
        )

    def __str__(self) -> str:
        return f"agent {self.pk}"


class Place(models.Model):
    """Somebody's place on a line, their own or lent to it, until they go."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="places")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="places")
    lent = models.BooleanField(default=False)
    """Whether the line borrows them: while it does, they answer nowhere else."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["line", "agent"],
                name="an_agent_has_one_place_on_a_line",
                condition=Q(until=None),
            ),
            models.UniqueConstraint(
                fields=["agent"],
                name="an_agent_is_lent_to_one_line_at_a_time",
                condition=Q(until=None, lent=True),
            ),
            models.CheckConstraint(
                name="nobody_goes_before_they_came",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        )

    def __str__(self) -> str:
        return f"agent {self.agent_id} on line {self.line_id}"

"""Cohorts as they stand, and what is counted at both doors."""

from django.db import models
from django.db.models import Q

from parvis.casework.cohorts.status import WHOLE, CohortKind, Door


class Cohort(models.Model):
    """Some clients, to whom the new door is open. The primary key is its subject in the log."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=8, choices=[(one, one) for one in CohortKind])
    share = models.IntegerField(null=True)
    program = models.CharField(max_length=64, null=True)
    salt = models.CharField(max_length=32)
    """Drawn once: whose number, with it, falls below the share is in, and stays in as it grows."""
    opened_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_cohort_says_by_what_clients_are_in",
                condition=Q(kind=CohortKind.SHARE, share__isnull=False, program=None)
                | Q(kind=CohortKind.PROGRAM, share=None, program__isnull=False)
                | Q(kind=CohortKind.LIST, share=None, program=None),
            ),
            models.CheckConstraint(
                name="a_share_is_of_the_whole",
                condition=Q(share=None) | Q(share__gte=1, share__lte=WHOLE),
            ),
        )

    def __str__(self) -> str:
        return f"cohort {self.pk}"


class Named(models.Model):
    """A client who was named into a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE)
    client = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cohort", "client"], name="a_client_is_named_once"),
        )

    def __str__(self) -> str:
        return f"client {self.client} in {self.cohort_id}"


class SignIn(models.Model):
    """Somebody from outside signed in at the new door. Rows are added and never change."""

    user = models.BigIntegerField()
    let_in = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["at"], name="sign_ins_by_moment"),)

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M}"


class Counted(models.Model):
    """What another system counted on a day, at a door; empty where it does not tell."""

    door = models.CharField(max_length=4, choices=[(one, one) for one in Door])
    day = models.DateField()
    sign_ins = models.PositiveIntegerField(null=True)
    tasks = models.PositiveIntegerField(null=True)
    enquiries = models.PositiveIntegerField(null=True)
    ratings = models.PositiveIntegerField(null=True)
    easy = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["door", "day"], name="a_day_is_counted_once_a_door"),
            models.CheckConstraint(
                name="no_more_is_easy_than_was_rated",
                condition=Q(easy=None) | Q(ratings__gte=models.F("easy")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.door} {self.day}"

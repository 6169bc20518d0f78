"""What was last counted for each program: caches, which are made anew from the files."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

DOTS = 20
"""How many dots stand for all decided files in a picture of them."""
ENOUGH = 30
"""Fewer decided files than these tell nothing about others: no time is given."""


class PublishedFigure(models.Model):
    """How long the files of one program took that were decided lately."""

    program = models.CharField(max_length=64, primary_key=True)
    as_of = models.DateField()
    """The day it was counted on, which is no part of it."""
    decided_from = models.DateField()
    decided_to = models.DateField()
    """The first and the last day on which the files counted here were decided."""
    share = models.FloatField()
    files = models.IntegerField()
    days = models.IntegerField(null=True)
    """Within how many days that share of them was decided."""
    dots = ArrayField(models.IntegerField())
    """The days that 2.5 %, 7.5 % … 97.5 % of them took at most: each stands for a twentieth."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_time_is_told_exactly_where_enough_files_were_decided",
                condition=Q(files__gte=ENOUGH, days__isnull=False, dots__len=DOTS)
                | Q(files__lt=ENOUGH, days__isnull=True, dots=[]),
            ),
            models.CheckConstraint(
                name="files_were_decided_before_they_were_counted",
                condition=Q(decided_from__lte=F("decided_to"), decided_to__lt=F("as_of")),
            ),
            models.CheckConstraint(
                name="a_time_is_never_negative",
                condition=Q(files__gte=0) & (Q(days__gte=0) | Q(days__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_share_is_a_part_of_the_files", condition=Q(share__gt=0, share__lt=1)
            ),
        )

    def __str__(self) -> str:
        return self.program


class LearnedSetting(models.Model):
    """What past dates taught: how the files of a program are read, learned once a month."""

    program = models.CharField(max_length=64)
    task = models.CharField(max_length=4)
    learned_on = models.DateField()
    by_load = models.BooleanField()
    by_stage = models.BooleanField()
    asked = ArrayField(models.FloatField())
    """The likelihoods to ask for, in the place of those that are told."""

    class Meta:
        constraints = (
            models.UniqueConstraint("program", "task", name="a_program_is_read_one_way"),
        )

    def __str__(self) -> str:
        return f"{self.program} {self.task}"


class NewFigure(models.Model):
    """How long an application will take that comes today; by office where that makes a difference.

    The empty office stands for all.
    """

    program = models.CharField(max_length=64)
    office = models.CharField(max_length=64, blank=True)
    as_of = models.DateField()
    half_days = models.IntegerField()
    most_days = models.IntegerField()
    dots = ArrayField(models.IntegerField(), size=DOTS)
    reached = models.IntegerField()
    decided = models.IntegerField()
    unsure = models.BooleanField()
    """Decisions have lately become slower or faster than they were."""

    class Meta:
        constraints = (
            models.UniqueConstraint("program", "office", name="a_new_file_has_one_outlook"),
            models.CheckConstraint(
                name="half_come_before_most",
                condition=Q(half_days__gte=0, half_days__lte=F("most_days")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.program} {self.office}".strip()


class KeptFigure(models.Model):
    """Of the dates that we gave, those that fell due in a month, and how many of them we kept."""

    program = models.CharField(max_length=64)
    month = models.DateField()
    level = models.SmallIntegerField()
    """Which of the dates told: an index into `outlooks.SHARES`."""
    due = models.IntegerField()
    kept = models.IntegerField()
    files = ArrayField(models.BigIntegerField(), default=list)
    days = ArrayField(models.DateField(), default=list)
    """The files with such a date and its day, those first where it was kept."""
    as_of = models.DateField()
    """The day it was counted on: what falls due on that day is no part of it."""

    class Meta:
        constraints = (
            models.UniqueConstraint("program", "month", "level", name="dates_are_scored_once"),
            models.CheckConstraint(
                name="no_more_dates_are_kept_than_were_due",
                condition=Q(kept__gte=0, kept__lte=F("due")),
            ),
            models.CheckConstraint(
                name="dates_were_due_before_they_were_counted",
                condition=Q(month__lt=F("as_of")),
            ),
            models.CheckConstraint(
                name="a_count_opens_to_as_many_files",
                condition=Q(files__len=F("due"), days__len=F("due")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.program} {self.month} {self.level}"

"""What is kept of all files' waiting: a cache of the log, which `counting` makes again from it.

Spells say which files; running totals say how many, by place and day, so that a question about any
day reads a few hundred short rows whatever the number of files.
"""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q


class Measure(StrEnum):
    """What is forecast."""

    WAITING = "waiting"
    """All files that wait, with a standard or without."""
    BACKLOG = "backlog"
    """Those that wait beyond their standard."""


_RECORD = ("scored", "error", "last_value_error", "seasonal_error", "inside")


class Spell(models.Model):
    """A stretch in which a file was open in one office (see `spells`)."""

    pk = models.CompositePrimaryKey("file", "nth")
    file = models.BigIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    late_from = models.DateField(null=True)
    facts = models.IntegerField()
    """How many facts the file had when it was counted."""
    nth = models.SmallIntegerField()
    came = models.BooleanField()
    left = models.BooleanField()
    measured = models.BooleanField()
    program = models.CharField(max_length=64)
    office = models.CharField(max_length=64)

    class Meta:
        # For the files behind a figure: of one place, or decided in some days.
        indexes = (
            models.Index(fields=["program", "office"], name="spells_of_a_place"),
            models.Index(
                fields=["decided_on"], name="spells_decided", condition=~Q(decided_on=None)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="a_spell_ends_after_it_began",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="only_a_closed_file_is_decided",
                condition=Q(decided_on=None) | Q(left=True, decided_on__gte=F("closed_on")),
            ),
            models.CheckConstraint(
                name="nothing_is_late_without_a_standard",
                condition=Q(measured=True) | Q(late_from=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.file}/{self.nth}"


class Place(models.Model):
    """A program at an office; the empty office stands for files that are at none."""

    program = models.CharField(max_length=64)
    office = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint("program", "office", name="a_place_is_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.program} {self.office}"


class Total(models.Model):
    """What happened at a place up to the end of a day, since the beginning: running totals."""

    pk = models.CompositePrimaryKey("place", "day")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    opened = models.IntegerField()
    closed = models.IntegerField()
    came = models.IntegerField()
    left = models.IntegerField()
    became_late = models.IntegerField()
    late_closed = models.IntegerField()
    unmeasured_opened = models.IntegerField()
    unmeasured_closed = models.IntegerField()
    decided = models.IntegerField()
    decided_late = models.IntegerField()
    decided_unmeasured = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.place_id} {self.day}"


class Reading(models.Model):
    """How far the log was read: one row."""

    begun_at = models.DateTimeField()
    """When the reading began that is under way or was the last."""
    read_at = models.DateTimeField(null=True)
    """As of when the totals are: whatever was recorded before is in them."""
    first_on = models.DateField(null=True)
    """The first day on which a file waited or was decided; None where there is none."""
    totals_due = models.BooleanField(default=True)
    """Whether spells changed since the totals were made."""

    def __str__(self) -> str:
        return f"read at {self.read_at}"


class Rule(models.Model):
    """By which rule a program's files were counted: its standards and its time zone."""

    program = models.CharField(max_length=64, primary_key=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.program


class Forecast(models.Model):
    """How many files will wait so many days on; its numbers are missing where days are too few."""

    pk = models.CompositePrimaryKey("program", "measure", "days")
    program = models.CharField(max_length=64)
    """Its code; empty for all programs together."""
    measure = models.CharField(max_length=16, choices=[(one, one) for one in Measure])
    days = models.SmallIntegerField()
    last_on = models.DateField()
    """The last day that was known: `days` count from it."""
    level = models.IntegerField()
    """How many there were at its end."""
    known_days = models.IntegerField()
    needed_days = models.IntegerField(null=True)
    """How many days of counts it takes, where there are fewer."""
    expected = models.IntegerField(null=True)
    low = models.IntegerField(null=True)
    high = models.IntegerField(null=True)
    scored = models.IntegerField(null=True)
    """How many past forecasts were compared with what came; none where days are too few for it."""
    error = models.FloatField(null=True)
    last_value_error = models.FloatField(null=True)
    seasonal_error = models.FloatField(null=True)
    inside = models.FloatField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_forecast_has_a_number_and_its_range_or_says_what_it_lacks",
                condition=Q(
                    needed_days=None,
                    low__isnull=False,
                    high__isnull=False,
                    low__gte=0,
                    expected__gte=F("low"),
                    high__gte=F("expected"),
                    expected__isnull=False,
                )
                | Q(
                    needed_days__isnull=False,
                    needed_days__gt=F("known_days"),
                    expected=None,
                    low=None,
                    high=None,
                ),
            ),
            models.CheckConstraint(
                name="a_track_record_is_whole_or_not_there",
                condition=Q(**{f"{name}__isnull": False for name in _RECORD})
                | Q(**{f"{name}__isnull": True for name in _RECORD}),
            ),
        )

    def __str__(self) -> str:
        return f"{self.program} {self.measure} +{self.days}"

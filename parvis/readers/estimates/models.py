"""What was last counted for each program: a cache, which `published.refresh` makes anew."""

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

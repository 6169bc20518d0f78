"""What was said of each task, once."""

from django.db import models

from parvis.casework.feedback.status import Ease


class Rating(models.Model):
    """How one task went. What was said is in the log; this is to count by, and to ask once."""

    application = models.BigIntegerField()
    task = models.IntegerField()
    """The number of the fact that ended the task, on its application."""
    ease = models.CharField(max_length=8, choices=[(one, one) for one in Ease])
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["application", "task"], name="a_task_is_rated_once"),
            models.CheckConstraint(
                name="a_task_went_in_a_way_that_there_is", condition=models.Q(ease__in=list(Ease))
            ),
        )
        indexes = (models.Index(fields=["at"], name="ratings_by_moment"),)

    def __str__(self) -> str:
        return f"{self.application}/{self.task}: {self.ease}"

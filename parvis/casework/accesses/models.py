"""Who looked at which file, as what, and when. Rows are added and never change."""

from django.db import models

from parvis.casework.people.policies import Act, Capacity


class Access(models.Model):
    """Somebody other than its client read a file, or part of it."""

    application = models.BigIntegerField()
    user = models.BigIntegerField()
    """Whoever looked, as an id: who they are stands with the people, and may be gone one day."""
    capacity = models.CharField(max_length=24, choices=[(one, one) for one in Capacity])
    mandate = models.BigIntegerField(null=True)
    act = models.CharField(max_length=24, choices=[(one, one) for one in Act])
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["application", "-at"], name="accesses_to_a_file"),)

    def __str__(self) -> str:
        return f"{self.application} {self.act} {self.at:%Y-%m-%d %H:%M}"

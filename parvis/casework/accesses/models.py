"""Who looked at which file, as what, and when. Rows are added and never change."""

from django.db import models

from parvis.casework.people.policies import Act, Capacity


class Access(models.Model):
    """Somebody other than its client read a file, or part of it; or anybody took it along."""

    application = models.BigIntegerField()
    user = models.BigIntegerField(null=True)
    """Whoever looked, as an id: who they are stands with the people, and may be gone one day.

    None where it was the house itself, by a command: nobody is signed in there.
    """
    capacity = models.CharField(max_length=24, choices=[(one, one) for one in Capacity])
    mandate = models.BigIntegerField(null=True)
    act = models.CharField(max_length=24, choices=[(one, one) for one in Act])
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["application", "-at"], name="accesses_to_a_file"),
            models.Index(
                fields=["at"], name="files_taken_along", condition=models.Q(act=Act.TAKE_ALONG)
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="nobody_but_the_house_looks_unnamed",
                condition=models.Q(user__isnull=False) | models.Q(capacity=Capacity.HOUSE),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.act} {self.at:%Y-%m-%d %H:%M}"

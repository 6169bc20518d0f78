"""What telephone systems told, event by event. Rows are added and never change."""

from django.db import models

from parvis.casework.contacts.facts import Method


class ContactEvent(models.Model):
    """One event of a contact. Ids compare byte by byte: no language orders them."""

    source = models.CharField(max_length=64, db_collation="C")
    """The code of the system that told it."""
    event_id = models.CharField(max_length=128, db_collation="C")
    contact_id = models.CharField(max_length=128, db_collation="C")
    initial_contact_id = models.CharField(max_length=128, db_collation="C")
    previous_contact_id = models.CharField(max_length=128, null=True, db_collation="C")
    kind = models.CharField(max_length=128)
    method = models.CharField(max_length=16, choices=[(one, one) for one in Method])
    line = models.CharField(max_length=64, null=True)
    queue = models.CharField(max_length=128, null=True)
    language = models.CharField(max_length=2, null=True)
    priority = models.SmallIntegerField(null=True)
    agent = models.CharField(max_length=128, null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["initial_contact_id"], name="events_of_a_call"),)
        constraints = (
            models.UniqueConstraint("event_id", "source", name="an_event_is_kept_once"),
            models.CheckConstraint(
                name="a_contact_came_about_in_a_known_way",
                condition=models.Q(method__in=list(Method)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contact_id} {self.kind} {self.at:%Y-%m-%d %H:%M}"

"""The log's two tables. Only `log` and its neighbours in this room may touch them."""

from django.db import models

from parvis.casework.events.facts import SubjectKind


class Subject(models.Model):
    """Something that facts are about, with the head of its chain and how many facts it has."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in SubjectKind])
    facts = models.IntegerField(default=0)
    head = models.BinaryField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_subject_is_of_a_known_kind", condition=models.Q(kind__in=list(SubjectKind))
            ),
            models.CheckConstraint(
                name="a_subject_counts_its_facts_from_zero", condition=models.Q(facts__gte=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Event(models.Model):
    """One fact as kept. The table is partitioned and guarded by SQL of its own in the migration.

    `payload` is `json`, not `jsonb`: the digest covers its bytes, and `jsonb` would rewrite them.
    """

    pk = models.CompositePrimaryKey("subject_id", "seq")
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    seq = models.IntegerField()
    version = models.SmallIntegerField()
    kind = models.TextField()
    by = models.TextField()
    payload = models.TextField()
    digest = models.BinaryField()

    class Meta:
        managed = False
        db_table = "events_event"

    def __str__(self) -> str:
        return f"{self.kind} ({self.subject_id}/{self.seq})"

"""One row a file: its state as its facts make it, kept so that a page reads one row."""

import json

from django.db import models

from parvis.casework.applications.state import State, rest_of, state_from
from parvis.casework.applications.status import ENDINGS
from parvis.casework.people.models import Client
from parvis.lib.references import application_number
from parvis.programs.vocabulary import Status


class Application(models.Model):
    """A file. The primary key is its subject in the log.

    Everything but the source's two columns is a cache of the log that `replaying` can rebuild.
    """

    id = models.BigIntegerField(primary_key=True)
    received_at = models.DateTimeField()
    last_fact_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT)
    program = models.CharField(max_length=64)
    status = models.CharField(max_length=20)
    office = models.CharField(max_length=64, null=True)
    rest = models.JSONField()
    """What else its state holds: sections, requests, clock stops (`state.rest_of`)."""
    source_number = models.CharField(max_length=200, null=True)
    """The number that another system gave it."""
    source_digest = models.BinaryField(null=True)
    """Digest of the case as last read there, so that an unchanged one is known at once."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "source_number", "program", name="one_file_for_one_number_in_a_program"
            ),
            models.CheckConstraint(
                name="a_status_is_known", condition=models.Q(status__in=list(Status))
            ),
            models.CheckConstraint(
                name="closed_files_and_no_others_have_a_closing_moment",
                condition=models.Q(status__in=sorted(ENDINGS), closed_at__isnull=False)
                | (~models.Q(status__in=sorted(ENDINGS)) & models.Q(closed_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.number

    KEPT = (
        "received_at",
        "last_fact_at",
        "closed_at",
        "client",
        "program",
        "status",
        "office",
        "rest",
    )
    """What `keep` takes over from a state."""

    @property
    def number(self) -> str:
        """The number that people use."""
        return application_number(self.id)

    @property
    def state(self) -> State:
        """The state that this row keeps."""
        return state_from(
            self.rest,
            program=self.program,
            received_at=self.received_at,
            last_fact_at=self.last_fact_at,
            closed_at=self.closed_at,
            status=Status(self.status),
            client=self.client_id,
            office=self.office,
        )

    def keep(self, state: State) -> None:
        """Take over a state, not yet saved."""
        self.program, self.status = state.program, state.status
        self.received_at, self.closed_at = state.received_at, state.closed_at
        self.last_fact_at = state.last_fact_at
        self.client_id, self.office = state.client, state.office
        self.rest = json.loads(rest_of(state))


class Adult(models.Model):
    """An adult on an application besides the client who made it; `replaying` makes it again."""

    application = models.BigIntegerField()
    """The file’s subject. No foreign key: a file’s row can be made again."""
    client = models.ForeignKey(Client, on_delete=models.PROTECT)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("application", "client"), name="an_adult_is_on_an_application_once"
            ),
        )

    def __str__(self) -> str:
        return f"adult {self.pk}"

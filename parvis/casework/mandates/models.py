"""Mandates as they stand. What happened to them is in the log, on their client."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from parvis.casework.mandates.status import MandateKind, MandateState, state_at
from parvis.casework.people.models import Client, User


class Firm(models.Model):
    """People who represent clients together, and see each other's."""

    name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("name"), name="firms_are_told_by_their_names"),
        )

    def __str__(self) -> str:
        return f"firm {self.pk}"


class Member(models.Model):
    """Somebody of a firm; once they have left, they hold none of its mandates any more."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                name="somebody_is_in_one_firm_at_a_time",
                condition=Q(left_at=None),
            ),
            models.CheckConstraint(
                name="nobody_leaves_before_they_joined",
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
            ),
        )

    def __str__(self) -> str:
        return f"member {self.pk}"


class Mandate(models.Model):
    """What a client gave somebody: given to an address, and held by whoever accepts it there."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT)
    kind = models.CharField(max_length=24, choices=[(one, one) for one in MandateKind])
    address = models.EmailField(max_length=254)
    """To whom the client gave it; whoever signs in there can accept it."""
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="mandates")
    firm = models.ForeignKey(Firm, null=True, on_delete=models.PROTECT, related_name="mandates")
    acts = ArrayField(models.CharField(max_length=24))
    applications = ArrayField(models.BigIntegerField(), null=True)
    """Which of the client's files it is for; None for all, those to come as well."""
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    """When it ends by itself."""
    given_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When either side ended it, or whoever it was given to declined it."""
    declined = models.BooleanField(default=False)
    receives = models.BooleanField(default=False)
    """Whether who holds it is told of what happens in the client's place."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_mandate_is_held_by_whoever_accepted_it",
                condition=Q(accepted_at=None, user=None, firm=None)
                | Q(accepted_at__isnull=False, user__isnull=False),
            ),
            models.CheckConstraint(
                name="a_mandate_declined_is_over_and_was_never_held",
                condition=Q(declined=False) | Q(accepted_at=None, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_mandate_is_given_to_an_address_in_lower_case",
                condition=Q(address=Lower("address")),
            ),
            models.CheckConstraint(
                name="a_mandate_ends_after_it_begins",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")),
            ),
            models.CheckConstraint(
                name="a_mandate_is_of_a_kind_that_there_is",
                condition=Q(kind__in=list(MandateKind)),
            ),
            models.CheckConstraint(
                name="only_a_representative_receives_in_a_clients_place",
                condition=Q(receives=False) | Q(kind=MandateKind.REPRESENTATIVE),
            ),
            models.CheckConstraint(
                name="a_mandate_is_for_something", condition=~Q(acts=[]) & ~Q(applications=[])
            ),
        )
        indexes = (
            models.Index(
                fields=["client"], name="mandates_in_force_of", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["address"], name="mandates_in_force_given_to", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["user"], name="mandates_in_force_held", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["firm"], name="mandates_in_force_of_firms", condition=Q(ended_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"mandate {self.pk}"

    def state(self, now: datetime) -> MandateState:
        """Return how far it has come."""
        return state_at(
            now,
            begins_at=self.begins_at,
            ends_at=self.ends_at,
            accepted_at=self.accepted_at,
            ended_at=self.ended_at,
            declined=self.declined,
        )

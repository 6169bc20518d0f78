"""Subscriptions, and a row for each fact that one is told of."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from parvis.casework.people.models import User
from parvis.casework.webhooks.status import DeliveryState


class Subscription(models.Model):
    """Where a user's software is told of facts. The primary key is its subject in the log."""

    id = models.BigIntegerField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="subscriptions")
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.CharField(max_length=64), null=True)
    """The kinds of facts that it is told of; None for all."""
    programs = ArrayField(models.CharField(max_length=64), null=True)
    secret = models.TextField()
    """Sealed (lib/sealing): the house signs with it."""
    before = models.TextField(null=True)
    """The secret before, sealed, with which deliveries are signed as well for a while."""
    before_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="no_delivery_goes_unsigned", condition=~Q(secret="")),
            models.CheckConstraint(
                name="the_secret_before_has_an_end",
                condition=Q(before=None, before_until=None)
                | Q(before__isnull=False, before_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_subscription_is_for_something", condition=~Q(kinds=[]) & ~Q(programs=[])
            ),
        )

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Delivery(models.Model):
    """One fact on its way to one subscription. Its id is the id of the message, however often."""

    id = models.BigAutoField(primary_key=True)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries"
    )
    application = models.BigIntegerField()
    seq = models.IntegerField()
    kind = models.CharField(max_length=64)
    program = models.CharField(max_length=64)
    at = models.DateTimeField()
    """When the fact happened."""
    state = models.CharField(max_length=12, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)
    """How often it may have been sent without our learning what became of it."""
    last_tried_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=16, default="", blank=True)
    """The status of the last answer, or why there was none; empty while a try is under way."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = (
            models.UniqueConstraint(
                fields=["subscription", "application", "seq"],
                name="a_fact_is_one_delivery_for_each_subscription",
            ),
            models.CheckConstraint(
                name="a_delivery_has_a_state_that_there_is",
                condition=Q(state__in=list(DeliveryState)),
            ),
            models.CheckConstraint(
                name="a_delivery_has_ended_unless_it_waits",
                condition=Q(state=DeliveryState.WAITING, ended_at=None)
                | (~Q(state=DeliveryState.WAITING) & Q(ended_at__isnull=False)),
            ),
        )
        indexes = (
            models.Index(
                "subscription", "due_at", name="deliveries_due", condition=Q(state="waiting")
            ),
            models.Index(
                "subscription",
                "application",
                "seq",
                name="deliveries_waiting_of_a_file",
                condition=Q(state="waiting"),
            ),
            models.Index(F("subscription"), F("id").desc(), name="deliveries_latest_first"),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk}"

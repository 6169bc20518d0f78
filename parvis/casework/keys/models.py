"""Keys as they are kept: a digest of each, which shows that somebody has it and cannot be used."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from parvis.casework.keys.status import KeyState
from parvis.casework.people.models import User


class Key(models.Model):
    """What a user's software comes with. The primary key is its subject in the log."""

    id = models.BigIntegerField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(unique=True)
    hint = models.CharField(max_length=16)
    """How it begins, so that whoever has several can tell them apart."""
    acts = ArrayField(models.CharField(max_length=24))
    programs = ArrayField(models.CharField(max_length=64), null=True)
    """The programs whose files it opens; None for all."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_key_is_for_something", condition=~Q(acts=[]) & ~Q(programs=[])
            ),
            models.CheckConstraint(
                name="a_key_ends_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            ),
        )

    def __str__(self) -> str:
        return f"key {self.pk}"

    def state(self, now: datetime) -> KeyState:
        """Return whether it opens anything."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        return KeyState.EXPIRED if self.expires_at <= now else KeyState.GOOD


class Token(models.Model):
    """What a key was exchanged for (OAuth 2.0, client credentials): good for an hour at most."""

    digest = models.BinaryField(primary_key=True)
    key = models.ForeignKey(Key, on_delete=models.CASCADE)
    acts = ArrayField(models.CharField(max_length=24))
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"token of key {self.key_id}"

"""Subscriptions, and a row for each fact that one is told of."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0007_another_systems"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("url", models.CharField(max_length=500)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), null=True, size=None
                    ),
                ),
                (
                    "programs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), null=True, size=None
                    ),
                ),
                ("secret", models.TextField()),
                ("before", models.TextField(null=True)),
                ("before_until", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="people.user",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("application", models.BigIntegerField()),
                ("seq", models.IntegerField()),
                ("kind", models.CharField(max_length=64)),
                ("program", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("repeats", models.PositiveSmallIntegerField(default=0)),
                ("last_tried_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=16)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="webhooks.subscription",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("secret", ""), _negated=True), name="no_delivery_goes_unsigned"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("before", None), ("before_until", None)),
                    models.Q(("before__isnull", False), ("before_until__isnull", False)),
                    _connector="OR",
                ),
                name="the_secret_before_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kinds", []), _negated=True),
                    models.Q(("programs", []), _negated=True),
                ),
                name="a_subscription_is_for_something",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("subscription"),
                models.F("due_at"),
                condition=models.Q(("state", "waiting")),
                name="deliveries_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("subscription"),
                models.F("application"),
                models.F("seq"),
                condition=models.Q(("state", "waiting")),
                name="deliveries_waiting_of_a_file",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("subscription"),
                models.OrderBy(models.F("id"), descending=True),
                name="deliveries_latest_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("subscription", "application", "seq"),
                name="a_fact_is_one_delivery_for_each_subscription",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "delivered", "withheld", "given-up"])),
                name="a_delivery_has_a_state_that_there_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_delivery_has_ended_unless_it_waits",
            ),
        ),
    ]

"""To whom the door is open, and what is counted at both doors."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("share", "share"), ("program", "program"), ("list", "list")],
                        max_length=8,
                    ),
                ),
                ("share", models.IntegerField(null=True)),
                ("program", models.CharField(max_length=64, null=True)),
                ("salt", models.CharField(max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "share"), ("program", None), ("share__isnull", False)
                            ),
                            models.Q(
                                ("kind", "program"), ("program__isnull", False), ("share", None)
                            ),
                            models.Q(("kind", "list"), ("program", None), ("share", None)),
                            _connector="OR",
                        ),
                        name="a_cohort_says_by_what_clients_are_in",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share", None),
                            models.Q(("share__gte", 1), ("share__lte", 10000)),
                            _connector="OR",
                        ),
                        name="a_share_is_of_the_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("door", models.CharField(choices=[("new", "new"), ("old", "old")], max_length=4)),
                ("day", models.DateField()),
                ("sign_ins", models.PositiveIntegerField(null=True)),
                ("tasks", models.PositiveIntegerField(null=True)),
                ("enquiries", models.PositiveIntegerField(null=True)),
                ("ratings", models.PositiveIntegerField(null=True)),
                ("easy", models.PositiveIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("door", "day"), name="a_day_is_counted_once_a_door"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("easy", None), ("ratings__gte", models.F("easy")), _connector="OR"
                        ),
                        name="no_more_is_easy_than_was_rated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user", models.BigIntegerField()),
                ("let_in", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="sign_ins_by_moment")],
            },
        ),
        migrations.CreateModel(
            name="Named",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("client", models.BigIntegerField()),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="cohorts.cohort"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cohort", "client"), name="a_client_is_named_once"
                    )
                ],
            },
        ),
    ]

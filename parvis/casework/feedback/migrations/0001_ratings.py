"""What was said of each task."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("application", models.BigIntegerField()),
                ("task", models.IntegerField()),
                (
                    "ease",
                    models.CharField(
                        choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="ratings_by_moment")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "task"), name="a_task_is_rated_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ease__in", ["yes", "partly", "no"])),
                        name="a_task_went_in_a_way_that_there_is",
                    ),
                ],
            },
        ),
    ]

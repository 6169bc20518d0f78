"""The first table of the documents room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What clients sent."""

    initial = True
    dependencies = [("applications", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="StoredDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("received_at", models.DateTimeField()),
                ("by", models.TextField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="applications.application"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "document", "received_at", "sha256"),
                        name="an_answer_holds_a_file_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="a_file_is_named_by_its_sha256",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("media_type__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="a_file_is_of_a_kind_that_we_take",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)), name="a_file_is_not_empty"
                    ),
                ],
            },
        ),
    ]

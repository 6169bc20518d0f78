"""The first table of the documents room."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """What clients sent."""

    initial = True
    dependencies = []

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
                ("application_id", models.BigIntegerField()),
                ("document", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("received_at", models.DateTimeField()),
                ("by", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application_id", "document", "received_at", "sha256"),
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

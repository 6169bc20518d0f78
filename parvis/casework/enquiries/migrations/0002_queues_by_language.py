"""Queues are read by line and language."""

from django.db import migrations, models

import parvis.casework.enquiries.status


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0001_enquiries"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="conversation",
            name="queues",
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("line"),
                models.F("language"),
                models.F("comes_at"),
                models.F("id"),
                condition=models.Q(("status", parvis.casework.enquiries.status.Status["WAITING"])),
                name="queues",
            ),
        ),
    ]

"""Enquiries of an address are found whether they go on or have ended; so is what was answered."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0005_behind_the_wall"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="conversation", name="open_by_address"),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                "address", "opened_at", name="enquiries_by_address", condition=~Q(address="")
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                "at", name="answered_lately", condition=Q(writing__in=["out", "told"])
            ),
        ),
    ]

"""Calls that agents noted are counted apart: nobody knows how long they waited."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0002_satisfaction"),
    ]

    operations = [
        migrations.AddField("cell", "noted", models.IntegerField(default=0)),
    ]

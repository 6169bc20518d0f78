"""Calls, and people at a counter, become conversations like every other."""

from django.db import migrations, models

_CHANNELS = ["email", "form", "phone", "walk-in"]
_PROOFS = ["none", "number", "mail", "signed-in", "agent"]
_WRITINGS = ["in", "out", "told", "ask", "note", "machine"]


def _one_of(values: list[str], length: int) -> "models.CharField[str, str]":
    return models.CharField(max_length=length, choices=[(one, one) for one in values])


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0003_whether_it_helped"),
    ]

    operations = [
        migrations.AddField(
            "conversation",
            "contact",
            models.CharField(blank=True, db_collation="C", default="", max_length=128),
        ),
        migrations.AddField(
            "conversation", "phone", models.CharField(blank=True, default="", max_length=16)
        ),
        migrations.AlterField("conversation", "channel", _one_of(_CHANNELS, 8)),
        migrations.AlterField("conversation", "proof", _one_of(_PROOFS, 12)),
        migrations.AlterField("message", "writing", _one_of(_WRITINGS, 8)),
        migrations.AddConstraint(
            "conversation",
            models.UniqueConstraint(
                condition=~models.Q(contact=""),
                fields=("contact",),
                name="a_call_is_noted_once",
            ),
        ),
        migrations.AddConstraint(
            "conversation",
            models.CheckConstraint(
                condition=models.Q(contact="") | models.Q(channel="phone"),
                name="only_a_call_is_a_contact_of_the_telephone",
            ),
        ),
    ]

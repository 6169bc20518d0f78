"""Facts can be about a door: to whom it is opened, and until when."""

from django.db import migrations, models

_KINDS = ["application", "client", "enquiry", "line", "account", "door"]


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_the_log"),
    ]

    operations = [
        migrations.RemoveConstraint("subject", "a_subject_is_of_a_known_kind"),
        migrations.AlterField(
            "subject",
            "kind",
            models.CharField(max_length=16, choices=[(one, one) for one in _KINDS]),
        ),
        migrations.AddConstraint(
            "subject",
            models.CheckConstraint(
                name="a_subject_is_of_a_known_kind", condition=models.Q(kind__in=_KINDS)
            ),
        ),
    ]

"""Other systems of the department come with keys, as accounts that never sign in."""

from django.db import migrations, models

_ROLES = [
    "person",
    "parliamentary-office",
    "agent",
    "officer",
    "supervisor",
    "analyst",
    "administrator",
    "system",
]


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_unreached"),
    ]

    operations = [
        migrations.RemoveConstraint("user", "everybody_has_a_role_that_there_is"),
        migrations.AlterField(
            "user",
            "role",
            models.CharField(max_length=24, choices=[(one, one) for one in _ROLES]),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(role__in=_ROLES), name="everybody_has_a_role_that_there_is"
            ),
        ),
    ]

"""Everybody signs in as something. Staff who saw every file before are officers."""

from django.db import migrations, models

_ROLES = [
    "person",
    "parliamentary-office",
    "agent",
    "officer",
    "supervisor",
    "analyst",
    "administrator",
]


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="role",
            field=models.CharField(
                max_length=24, choices=[(one, one) for one in _ROLES], default="person"
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE people_user SET role = 'officer' WHERE is_staff",
            "UPDATE people_user SET is_staff = role NOT IN ('person', 'parliamentary-office')",
        ),
        # A column that was written in this transaction is altered in the next.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="user", name="is_staff"),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(role__in=_ROLES), name="everybody_has_a_role_that_there_is"
            ),
        ),
    ]

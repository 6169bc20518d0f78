"""The table of accesses, and the guards that make it append-only."""

from django.db import migrations, models

from parvis.casework.people.policies import Act, Capacity

_GUARDS = """
CREATE TRIGGER accesses_never_change BEFORE UPDATE OR DELETE ON accesses_access
    FOR EACH ROW EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER accesses_are_never_emptied BEFORE TRUNCATE ON accesses_access
    FOR EACH STATEMENT EXECUTE FUNCTION parvis_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("events", "0001_the_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="Access",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("application", models.BigIntegerField()),
                ("user", models.BigIntegerField()),
                (
                    "capacity",
                    models.CharField(max_length=24, choices=[(one, one) for one in Capacity]),
                ),
                ("mandate", models.BigIntegerField(null=True)),
                ("act", models.CharField(max_length=24, choices=[(one, one) for one in Act])),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["application", "-at"], name="accesses_to_a_file")],
            },
        ),
        migrations.RunSQL(_GUARDS, migrations.RunSQL.noop),
    ]

"""The table of contact events, and the guards that make it append-only."""

from django.db import migrations, models

_GUARDS = """
CREATE TRIGGER contact_events_never_change BEFORE UPDATE OR DELETE ON contacts_contactevent
    FOR EACH ROW EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER contact_events_are_never_emptied BEFORE TRUNCATE ON contacts_contactevent
    FOR EACH STATEMENT EXECUTE FUNCTION parvis_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("events", "0001_the_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(db_collation="C", max_length=64)),
                ("event_id", models.CharField(db_collation="C", max_length=128)),
                ("contact_id", models.CharField(db_collation="C", max_length=128)),
                ("initial_contact_id", models.CharField(db_collation="C", max_length=128)),
                (
                    "previous_contact_id",
                    models.CharField(db_collation="C", max_length=128, null=True),
                ),
                ("kind", models.CharField(max_length=128)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("INBOUND", "INBOUND"),
                            ("CALLBACK", "CALLBACK"),
                            ("TRANSFER", "TRANSFER"),
                        ],
                        max_length=16,
                    ),
                ),
                ("line", models.CharField(max_length=64, null=True)),
                ("queue", models.CharField(max_length=128, null=True)),
                ("language", models.CharField(max_length=2, null=True)),
                ("priority", models.SmallIntegerField(null=True)),
                ("agent", models.CharField(max_length=128, null=True)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["initial_contact_id"], name="events_of_a_call")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("event_id"), models.F("source"), name="an_event_is_kept_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(method__in=["INBOUND", "CALLBACK", "TRANSFER"]),
                        name="a_contact_came_about_in_a_known_way",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_GUARDS, migrations.RunSQL.noop),
    ]

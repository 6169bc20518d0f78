"""The log's tables, and the guards that make them append-only."""

from django.db import migrations, models

PARTITIONS = 8
"""Hash partitions by subject; the subject id can be a distribution key later (docs/adr/0002)."""

TABLE = """
CREATE TABLE events_event (
    subject_id bigint NOT NULL,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    seq integer NOT NULL,
    version smallint NOT NULL,
    kind text NOT NULL,
    by text NOT NULL,
    payload json NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT a_fact_has_its_place_on_its_subject PRIMARY KEY (subject_id, seq),
    CONSTRAINT facts_are_numbered_from_one CHECK (seq >= 1),
    CONSTRAINT a_fact_is_recorded_after_it_happened CHECK (at <= recorded_at),
    CONSTRAINT a_digest_is_sha256 CHECK (octet_length(digest) = 32)
) PARTITION BY HASH (subject_id);
""" + "".join(
    f"CREATE TABLE events_event_p{i} PARTITION OF events_event"
    f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {i});\n"
    for i in range(PARTITIONS)
)

# The one exemption: a test run empties its own database between tests. It needs a database named
# test_… (which the settings refuse outside a test run) and the setting below, and allows TRUNCATE only.
GUARDS = """
CREATE FUNCTION parvis_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\\_%'
       AND current_setting('parvis.resetting_test_database', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING HINT = 'Append a fact that corrects it.';
END $$;

CREATE TRIGGER facts_never_change BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER subjects_never_go BEFORE DELETE ON events_subject
    FOR EACH ROW EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER subjects_only_grow BEFORE UPDATE ON events_subject FOR EACH ROW
    WHEN (NEW.facts <= OLD.facts OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind)
    EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER subjects_are_never_emptied BEFORE TRUNCATE ON events_subject
    FOR EACH STATEMENT EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER facts_are_never_emptied BEFORE TRUNCATE ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION parvis_refuse_change();
""" + "".join(
    f"CREATE TRIGGER facts_are_never_emptied BEFORE TRUNCATE ON events_event_p{i}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION parvis_refuse_change();\n"
    for i in range(PARTITIONS)
)


# Neither is reversible: no command of ours drops the log.


class Migration(migrations.Migration):
    """The first migration of the log."""

    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("application", "application"),
                            ("client", "client"),
                            ("enquiry", "enquiry"),
                            ("line", "line"),
                            ("account", "account"),
                        ],
                        max_length=16,
                    ),
                ),
                ("facts", models.IntegerField(default=0)),
                ("head", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            kind__in=["application", "client", "enquiry", "line", "account"]
                        ),
                        name="a_subject_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(facts__gte=0),
                        name="a_subject_counts_its_facts_from_zero",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "seq",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("seq", models.IntegerField()),
                ("version", models.SmallIntegerField()),
                ("kind", models.TextField()),
                ("by", models.TextField()),
                ("payload", models.TextField()),
                ("digest", models.BinaryField()),
            ],
            options={"db_table": "events_event", "managed": False},
        ),
        migrations.RunSQL(TABLE),
        migrations.RunSQL(GUARDS),
    ]

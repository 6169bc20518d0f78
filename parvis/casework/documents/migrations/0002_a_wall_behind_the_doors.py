"""Who may read which rows, for the doors' role: the second wall (casework/events/wall).

The owner of the tables, as whom commands and nightly jobs come, passes: policies are not forced on
it. Only reading is kept: what is written goes through acts, which ask the table of permissions.
When a mandate begins and ends by itself goes by the house's clock, so the first wall alone says it.
"""

from django.db import migrations

_ASKER = """
CREATE FUNCTION parvis_asker() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(split_part(current_setting('parvis.asker', true), ',', 1), '')::bigint
$$;
CREATE FUNCTION parvis_asker_sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT split_part(current_setting('parvis.asker', true), ',', 2)
        IN ('agent', 'officer', 'supervisor')
$$;
"""
_POLICIES = """
CREATE POLICY a_file_is_read_by_those_who_may_see_it ON applications_application FOR SELECT USING (
    (SELECT parvis_asker_sees_all())
    OR client_id IN (SELECT c.id FROM people_client c WHERE c.user_id = (SELECT parvis_asker()))
    OR EXISTS (
        SELECT FROM mandates_mandate m
        WHERE m.client_id = applications_application.client_id
            AND m.accepted_at IS NOT NULL AND m.ended_at IS NULL
            AND (m.applications IS NULL OR applications_application.id = ANY(m.applications))
            AND (m.user_id = (SELECT parvis_asker()) AND m.firm_id IS NULL
                OR m.firm_id IN (
                    SELECT f.firm_id FROM mandates_member f
                    WHERE f.user_id = (SELECT parvis_asker()) AND f.left_at IS NULL
                ))
    )
);
CREATE POLICY a_fact_is_read_by_those_who_may_see_its_file ON events_event FOR SELECT USING (
    (SELECT parvis_asker_sees_all())
    OR EXISTS (SELECT FROM applications_application a WHERE a.id = events_event.subject_id)
    OR subject_id IN (SELECT c.id FROM people_client c WHERE c.user_id = (SELECT parvis_asker()))
);
CREATE POLICY what_was_sent_is_read_by_those_who_may_see_its_file ON documents_storeddocument
FOR SELECT USING (
    (SELECT parvis_asker_sees_all())
    OR EXISTS (SELECT FROM applications_application a WHERE a.id = application_id)
);
"""
_TABLES = ("applications_application", "events_event", "documents_storeddocument")
_WALL = "".join(
    f"CREATE POLICY acts_write ON {table} FOR INSERT WITH CHECK (true);\n"
    f"CREATE POLICY acts_change ON {table} FOR UPDATE USING (true);\n"
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    for table in _TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("applications", "0001_initial"),
        ("mandates", "0001_mandates_and_firms"),
        ("people", "0003_roles"),
        ("events", "0001_the_log"),
    ]

    operations = [
        migrations.RunSQL(_ASKER + _POLICIES + _WALL, migrations.RunSQL.noop),
    ]

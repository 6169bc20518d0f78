"""The second wall shows an adult the files that they are on, as it shows a client their own.

Whether every adult on a file gave a mandate is for the first wall alone to say.
"""

from django.db import migrations

_POLICY = """
ALTER POLICY a_file_is_read_by_those_who_may_see_it ON applications_application USING (
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
    OR id IN (
        SELECT d.application FROM applications_adult d JOIN people_client c ON c.id = d.client_id
        WHERE c.user_id = (SELECT parvis_asker())
    )
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_a_wall_behind_the_doors"),
        ("applications", "0002_adults"),
        ("mandates", "0002_declined_and_addresses"),
    ]

    operations = [migrations.RunSQL(_POLICY, migrations.RunSQL.noop)]

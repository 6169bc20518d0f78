"""The second wall knows keys: who asks with one sees files of its programs alone, or none.

Who asks is told in three parts: the user, their role, and, for who came with a key, the programs
whose files it shows: `*` for all, `-` for none (it is not for reading files).
"""

from django.db import migrations

_KEYS = """
CREATE FUNCTION parvis_asker_programs() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN split_part(current_setting('parvis.asker', true), ',', 3) NOT IN ('', '*')
        THEN string_to_array(split_part(current_setting('parvis.asker', true), ',', 3), '|') END
$$;
CREATE FUNCTION parvis_asker_is_a_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT split_part(current_setting('parvis.asker', true), ',', 2) = 'system'
        AND split_part(current_setting('parvis.asker', true), ',', 3) <> ''
$$;
CREATE POLICY a_file_is_read_by_another_system ON applications_application FOR SELECT
    USING ((SELECT parvis_asker_is_a_system()));
CREATE POLICY a_key_shows_files_of_its_programs ON applications_application AS RESTRICTIVE
FOR SELECT USING (
    (SELECT parvis_asker_programs()) IS NULL
    OR program = ANY ((SELECT parvis_asker_programs())::text[])
);
"""
_BACK = """
DROP POLICY a_key_shows_files_of_its_programs ON applications_application;
DROP POLICY a_file_is_read_by_another_system ON applications_application;
DROP FUNCTION parvis_asker_is_a_system();
DROP FUNCTION parvis_asker_programs();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("keys", "0001_keys_and_tokens"),
        ("documents", "0003_adults_behind_the_wall"),
    ]

    operations = [migrations.RunSQL(_KEYS, _BACK)]

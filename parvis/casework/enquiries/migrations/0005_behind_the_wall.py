"""The second wall shows enquiries to those who answer them, and to a client those that are theirs.

Theirs is what is linked to them and of which it is known that they asked; of that they read what
they wrote and what we told them, never a note. The form writes for whoever comes, and steps past
the wall for that.
"""

from django.db import migrations

_TABLES = ("enquiries_conversation", "enquiries_message", "enquiries_attachment")
_POLICIES = """
CREATE FUNCTION parvis_asker_answers() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT split_part(current_setting('parvis.asker', true), ',', 2) IN ('agent', 'supervisor')
$$;
CREATE POLICY an_enquiry_is_read_by_those_whose_it_is ON enquiries_conversation FOR SELECT USING (
    (SELECT parvis_asker_answers())
    OR proof IN ('mail', 'signed-in', 'agent')
    AND client IN (SELECT c.id FROM people_client c WHERE c.user_id = (SELECT parvis_asker()))
);
CREATE POLICY what_was_written_is_read_by_those_whose_enquiry_it_is ON enquiries_message
FOR SELECT USING (
    (SELECT parvis_asker_answers())
    OR writing IN ('in', 'out', 'told')
    AND EXISTS (
        SELECT FROM enquiries_conversation e WHERE e.id = enquiries_message.conversation_id
    )
);
CREATE POLICY what_came_along_is_read_by_those_whose_enquiry_it_is ON enquiries_attachment
FOR SELECT USING (
    (SELECT parvis_asker_answers())
    OR EXISTS (SELECT FROM enquiries_message m WHERE m.id = enquiries_attachment.message_id)
);
"""
_WALL = "".join(
    f"CREATE POLICY acts_write ON {table} FOR INSERT WITH CHECK (true);\n"
    f"CREATE POLICY acts_change ON {table} FOR UPDATE USING (true);\n"
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    for table in _TABLES
)


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0004_calls_and_counters"),
        ("keys", "0002_behind_the_wall"),
    ]

    operations = [migrations.RunSQL(_POLICIES + _WALL, migrations.RunSQL.noop)]

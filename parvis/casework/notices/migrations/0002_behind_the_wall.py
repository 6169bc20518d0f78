"""The second wall shows a message to whoever it went to, and to those who may see its file."""

from django.db import migrations

_TABLES = ("notices_notice", "notices_message")
_POLICIES = """
CREATE POLICY a_notice_is_read_by_those_whose_it_is ON notices_notice FOR SELECT USING (
    (SELECT parvis_asker_sees_all())
    OR user_id = (SELECT parvis_asker())
    OR EXISTS (SELECT FROM applications_application a WHERE a.id = application)
);
CREATE POLICY a_message_is_read_by_those_whose_it_is ON notices_message FOR SELECT USING (
    (SELECT parvis_asker_sees_all())
    OR user_id = (SELECT parvis_asker())
    OR EXISTS (
        SELECT FROM notices_notice n WHERE n.message_id = coalesce(first_id, notices_message.id)
    )
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
        ("notices", "0001_notices"),
        ("documents", "0003_adults_behind_the_wall"),
        ("mandates", "0003_receives"),
    ]

    operations = [migrations.RunSQL(_POLICIES + _WALL, migrations.RunSQL.noop)]

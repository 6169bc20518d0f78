"""The facts of one subject by a function whose plan is made once for a connection.

By itself the server plans that query anew each time, since a plan for any subject looks into every
partition and seems dear; behind the wall, with the policies of three tables in it, planning takes
seven times as long as the answer (docs/serving.md). The function sees what its caller sees.
"""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION parvis_facts_of(subject bigint, but text) RETURNS TABLE (
    seq integer, at timestamptz, recorded_at timestamptz, by text, kind text, version smallint,
    payload text
) LANGUAGE plpgsql STABLE ROWS 20 SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT e.seq, e.at, e.recorded_at, e.by, e.kind, e.version, e.payload::text
    FROM events_event e WHERE e.subject_id = subject AND e.kind IS DISTINCT FROM but
    ORDER BY e.seq;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0002_doors")]

    operations = [migrations.RunSQL(_FUNCTION, "DROP FUNCTION parvis_facts_of(bigint, text)")]

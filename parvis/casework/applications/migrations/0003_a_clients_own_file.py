"""A client's own file with its facts, by one function: what most who come here ask for.

Its first row is the file, each other one a fact. It reads as its owner, past the policies of three
tables, whose conditions in one plan cost more than its rows; so it asks for itself whose the file
is. Of whoever comes through the doors (events/wall) it takes the database's own word for who asks,
and what their key shows, whatever user it is asked for.
"""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION parvis_own_file(who bigint, which bigint, but text) RETURNS TABLE (
    id bigint, source_number varchar, user_id bigint, name varchar, unreached_at timestamptz,
    rest text, program varchar, received_at timestamptz, last_fact_at timestamptz,
    closed_at timestamptz, status varchar, client_id bigint, office varchar,
    seq integer, at timestamptz, recorded_at timestamptz, by text, kind text, version smallint,
    payload text
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET plan_cache_mode = force_generic_plan SET search_path = public AS $$
BEGIN
    RETURN QUERY
    SELECT a.id, a.source_number, c.user_id, c.name, c.unreached_at, a.rest::text, a.program,
        a.received_at, a.last_fact_at, a.closed_at, a.status, a.client_id, a.office,
        NULL::integer, NULL::timestamptz, NULL::timestamptz, NULL, NULL, NULL::smallint, NULL
    FROM applications_application a JOIN people_client c ON c.id = a.client_id
    WHERE a.id = which AND c.user_id = who AND (
        current_setting('role') <> 'parvis_door'
        OR c.user_id = parvis_asker() AND (
            parvis_asker_programs() IS NULL OR a.program = ANY (parvis_asker_programs())
        )
    );
    IF FOUND THEN
        RETURN QUERY
        SELECT NULL::bigint, NULL::varchar, NULL::bigint, NULL::varchar, NULL::timestamptz,
            NULL, NULL::varchar, NULL::timestamptz, NULL::timestamptz,
            NULL::timestamptz, NULL::varchar, NULL::bigint, NULL::varchar,
            e.seq, e.at, e.recorded_at, e.by, e.kind, e.version, e.payload::text
        FROM events_event e WHERE e.subject_id = which AND e.kind IS DISTINCT FROM but
        ORDER BY e.seq;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_adults"),
        ("documents", "0002_a_wall_behind_the_doors"),
        ("keys", "0002_behind_the_wall"),
        ("events", "0003_the_facts_of_one_subject"),
    ]

    operations = [
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION parvis_own_file(bigint, bigint, text)")
    ]

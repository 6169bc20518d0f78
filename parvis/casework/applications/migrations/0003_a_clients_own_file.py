"""A client's own file with its facts, by one function: what most who come here ask for.

It comes along with their session (people/sessions); its facts are an array for each column, as
many rows would cost more than what they say. It reads as its owner, past the policies of three
tables, whose conditions cost more to get ready than its rows to read; so it shows the file of none
but the client whose session it is given.
"""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION parvis_own_file(session text, which bigint, but text) RETURNS TABLE (
    id bigint, source_number varchar, user_id bigint, name varchar, unreached_at timestamptz,
    rest text, program varchar, received_at timestamptz, last_fact_at timestamptz,
    closed_at timestamptz, status varchar, client_id bigint, office varchar,
    seqs integer[], ats timestamptz[], recorded_ats timestamptz[], bys text[], kinds text[],
    versions smallint[], payloads text[]
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
SET plan_cache_mode = force_generic_plan SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT a.id, a.source_number, c.user_id, c.name, c.unreached_at, a.rest::text, a.program,
        a.received_at, a.last_fact_at, a.closed_at, a.status, a.client_id, a.office, facts.*
    FROM people_session s
        JOIN people_client c ON c.user_id = s.user_id
        JOIN applications_application a ON a.client_id = c.id
        CROSS JOIN LATERAL (
            SELECT array_agg(e.seq), array_agg(e.at), array_agg(e.recorded_at), array_agg(e.by),
                array_agg(e.kind), array_agg(e.version), array_agg(e.payload::text)
            FROM (
                SELECT * FROM events_event f
                WHERE f.subject_id = which AND f.kind IS DISTINCT FROM but ORDER BY f.seq
            ) e
        ) facts
    WHERE s.session_key = session AND s.expire_date > now() AND a.id = which;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_adults"),
        ("people", "0008_kept_answers"),
        ("events", "0003_the_facts_of_one_subject"),
    ]

    operations = [migrations.RunSQL(_FUNCTION, "DROP FUNCTION parvis_own_file(text, bigint, text)")]

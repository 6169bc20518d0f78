"""A client's own file with its facts, by one function: what most who come here ask for.

It comes along with their session (people/sessions); its facts are JSON in one value, as many rows
would cost more than what they say.
It reads as its owner, past the policies of three tables, whose conditions cost more to get ready
than its rows to read; so it shows the file of none but the client whose session it is given.
"""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION parvis_own_file(session text, which bigint, but text) RETURNS TABLE (
    id bigint, source_number varchar, user_id bigint, name varchar, unreached_at timestamptz,
    rest text, program varchar, received_at timestamptz, last_fact_at timestamptz,
    closed_at timestamptz, status varchar, client_id bigint, office varchar, facts text
) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
SET plan_cache_mode = force_generic_plan SET search_path = public AS $$
BEGIN
    RETURN QUERY
    SELECT a.id, a.source_number, c.user_id, c.name, c.unreached_at, a.rest::text, a.program,
        a.received_at, a.last_fact_at, a.closed_at, a.status, a.client_id, a.office, (
            SELECT json_agg(json_build_array(
                e.seq, e.at, e.recorded_at, e.by, e.kind, e.version, e.payload::text
            ))::text
            FROM (
                SELECT * FROM events_event f
                WHERE f.subject_id = which AND f.kind IS DISTINCT FROM but ORDER BY f.seq
            ) e
        )
    FROM people_session s
        JOIN people_client c ON c.user_id = s.user_id
        JOIN applications_application a ON a.client_id = c.id
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

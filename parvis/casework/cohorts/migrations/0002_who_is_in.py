"""Who is in, as functions of the database: the query that finds a session asks in passing.

They read as their owner, for whoever asks may not see files yet; they tell yes or no of one client.
"""

from django.db import migrations

_FUNCTIONS = """
CREATE FUNCTION parvis_is_of(which bigint, who bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT CASE c.kind
        WHEN 'share' THEN c.share > mod(
            ('x' || left(encode(sha256(convert_to(c.salt || ':' || who, 'UTF8')), 'hex'), 8))
                ::bit(32)::bigint, 10000)
        WHEN 'program' THEN EXISTS (SELECT FROM applications_application a
            WHERE a.client_id = who AND a.program = c.program)
        ELSE EXISTS (SELECT FROM cohorts_named n WHERE n.cohort_id = c.id AND n.client = who)
    END FROM cohorts_cohort c WHERE c.id = which
$$;
CREATE FUNCTION parvis_door_is_open(who bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE me bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM cohorts_cohort) THEN RETURN true; END IF;
    SELECT c.id INTO me FROM people_client c WHERE c.user_id = who;
    -- Who is no client has no other door: staff, representatives, who has linked no file yet.
    RETURN me IS NULL OR EXISTS (
        SELECT FROM cohorts_cohort c WHERE c.stopped_at IS NULL AND parvis_is_of(c.id, me));
END $$;
CREATE TRIGGER sign_ins_never_change BEFORE UPDATE OR DELETE ON cohorts_signin
    FOR EACH ROW EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER sign_ins_are_never_emptied BEFORE TRUNCATE ON cohorts_signin
    FOR EACH STATEMENT EXECUTE FUNCTION parvis_refuse_change();
CREATE INDEX answers_by_moment ON events_event (at) WHERE kind = 'application.client-answered';
"""
_BACK = """
DROP INDEX answers_by_moment;
DROP FUNCTION parvis_door_is_open(bigint);
DROP FUNCTION parvis_is_of(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_cohorts_and_counts"),
        ("events", "0002_doors"),
        ("applications", "0002_adults"),
        ("people", "0007_another_systems"),
        ("feedback", "0001_ratings"),
    ]

    operations = [migrations.RunSQL(_FUNCTIONS, _BACK)]

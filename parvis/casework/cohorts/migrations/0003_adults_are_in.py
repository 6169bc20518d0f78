"""Who is on an application as an adult has one in its program, as its own client does."""

from django.db import migrations

_IS_OF = """
CREATE OR REPLACE FUNCTION parvis_is_of(which bigint, who bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT CASE c.kind
        WHEN 'share' THEN c.share > mod(
            ('x' || left(encode(sha256(convert_to(c.salt || ':' || who, 'UTF8')), 'hex'), 8))
                ::bit(32)::bigint, 10000)
        WHEN 'program' THEN EXISTS (SELECT FROM applications_application a
            WHERE a.client_id = who AND a.program = c.program)
            OR EXISTS (SELECT FROM applications_adult d
                JOIN applications_application a ON a.id = d.application
                WHERE d.client_id = who AND a.program = c.program)
        ELSE EXISTS (SELECT FROM cohorts_named n WHERE n.cohort_id = c.id AND n.client = who)
    END FROM cohorts_cohort c WHERE c.id = which
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0002_who_is_in"), ("applications", "0002_adults")]

    operations = [migrations.RunSQL(_IS_OF, migrations.RunSQL.noop)]

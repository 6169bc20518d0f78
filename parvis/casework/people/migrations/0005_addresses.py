"""Whoever signs in by now has shown the department that their address is theirs.

And a table of what all processes count together. It is unlogged: nothing in it is worth a write.
"""

from django.db import migrations

_VERIFIED = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT u.id, u.email, true, true FROM people_user u
WHERE NOT EXISTS (SELECT FROM account_emailaddress e WHERE e.user_id = u.id)
"""
_SHARED = """
CREATE UNLOGGED TABLE people_shared (
    key varchar(250) PRIMARY KEY,
    value bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX people_shared_expires_at ON people_shared (expires_at);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_accounts"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunSQL(_VERIFIED, migrations.RunSQL.noop),
        migrations.RunSQL(_SHARED, "DROP TABLE people_shared"),
    ]

"""Opening the house: what every command that needs the database calls first."""

import os
from pathlib import Path

import click

from parvis.lib.postgres import Cluster, default_home

_MIGRATING = 0x9A7215
"""Our number among the database's advisory locks, held while tables are made."""


def own_database() -> str | None:
    """Return the address of the department's own database, where it has set one."""
    return os.environ.get("DATABASE_URL") or None


def cluster() -> Cluster:
    """Return the house's private cluster."""
    return Cluster(default_home())


def open_house(*, start: bool = True, migrate: bool = True) -> None:
    """Have the database running, Django set up and the tables as this version wants them.

    Without `start` the private database is left as it is. Instant where all of that is so. Raises
    `PostgresError`, and Django's `OperationalError` where the department's own database does not
    answer; `parvis` tells both in one sentence.
    """
    if start and own_database() is None:
        cluster().start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    import django  # noqa: PLC0415 - a command that needs no database does not wait for Django

    django.setup()
    if migrate and _is_behind():
        _migrate()


def _is_behind() -> bool:
    """Tell by their names: to load them all takes longer than most commands."""
    from django.apps import apps  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    named = {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[!_]*.py")
    }
    return not named <= MigrationRecorder(connection).applied_migrations().keys()


def _migrate() -> None:
    """Apply what is lacking; of two processes at once one does, and the other waits for it."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            if _is_behind():
                click.echo("Preparing the tables of the database…", err=True)
                call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])

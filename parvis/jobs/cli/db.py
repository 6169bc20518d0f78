"""`parvis db`: start, stop and look at the house's own database."""

import dataclasses
import json
from typing import Any

import click

from parvis.jobs.cli.house import cluster, own_database
from parvis.lib import clock
from parvis.lib.postgres import default_home

_HANDS_OFF = "DATABASE_URL is set: the department's own database is used, and left to its keepers."


@click.group()
def db() -> None:
    """Start, stop and look at the house's own database."""


@db.command()
def start() -> None:
    """Have the database running; the first start makes it."""
    if _is_departments():
        return
    cluster().start()
    click.echo(f"The database is running: {cluster().url}", err=True)


@db.command()
def stop() -> None:
    """Have the database not running; nothing is lost."""
    if _is_departments():
        return
    cluster().stop()
    click.echo("The database is stopped.", err=True)


@db.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(*, yes: bool) -> None:
    """Delete the database with everything in it."""
    if _is_departments():
        return
    if not yes:
        click.confirm(
            f"Delete {cluster().status().data} with everything in it?", abort=True, err=True
        )
    cluster().reset()
    click.echo("The database is deleted; the next command makes an empty one.", err=True)
    anchors = default_home() / "anchors"
    if anchors.exists():
        aside = anchors.rename(anchors.with_name(f"anchors-until-{clock.now():%Y%m%dT%H%M%S}"))
        click.echo(f"Its anchors are kept in {aside}.", err=True)


@db.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def status(*, as_json: bool) -> None:
    """Tell how the database stands."""
    url = own_database()
    told = _own_status(url) if url else dataclasses.asdict(cluster().status())
    if as_json:
        click.echo(json.dumps(told, default=str))
        return
    if url:
        click.echo(_HANDS_OFF, err=True)
    for name, value in told.items():
        click.echo(f"{name:>8}  {_words(name, value)}")


def _is_departments() -> bool:
    if own_database():
        click.echo(_HANDS_OFF, err=True)
        return True
    return False


def _own_status(url: str) -> dict[str, Any]:
    """Return whether the department's database answers; its address without the password."""
    import psycopg  # noqa: PLC0415 - only here, and slow to load
    from psycopg.conninfo import conninfo_to_dict, make_conninfo  # noqa: PLC0415

    shown, version, problem = "", None, None
    try:
        parts = conninfo_to_dict(url)
        shown = make_conninfo(**{k: str(v) for k, v in parts.items() if k != "password"})
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.parameter_status("server_version")
    except psycopg.ProgrammingError:
        # What is wrong with it is not repeated: the words would hold its password.
        problem = "not a PostgreSQL address; say postgresql://user@host/database"
    except psycopg.Error as error:
        problem = str(error).strip()
    return {"running": version is not None, "version": version, "url": shown, "problem": problem}


def _words(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "size" and isinstance(value, int):
        return f"{value / 1_000_000:.0f} MB"
    return "-" if value is None else str(value)

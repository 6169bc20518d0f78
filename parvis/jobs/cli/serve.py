"""`parvis serve`: serve the pages and the API."""

import errno
import multiprocessing
import os
import socket
import time
from threading import Thread

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import cluster, open_house, own_database

_LOOK_EVERY_S = 2
_LEAVE_WITHIN_S = 10
_ALONE, _IN_THE_OPEN = 1, 4
"""Python threads a process. One serves a fifth more pages than four (docs/serving.md), but whoever
sends files over a slow line then holds up others, unless a proxy in front takes them in first."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def serve(*, host: str, port: int) -> None:
    """Serve the pages and the API until Ctrl-C or SIGTERM; by default to this machine only."""
    open_house()
    serve_pages(host, port)


def serve_pages(host: str, port: int) -> None:
    """Serve in this process and its workers until told to end. The house is open already."""
    _refuse_a_taken_port(host, port)
    from django.conf import settings  # noqa: PLC0415 - after the house is open
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    from parvis.casework.lines.services import open_shipped_lines  # noqa: PLC0415
    from parvis.jobs.anchoring import anchor_daily  # noqa: PLC0415
    from parvis.jobs.estimates.nightly import give_daily  # noqa: PLC0415
    from parvis.jobs.figures import refresh_daily  # noqa: PLC0415
    from parvis.jobs.working import Workers  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415

    Thread(target=_keep_database_up, name="keep-database-up", daemon=True).start()
    call_command("collectstatic", interactive=False, verbosity=0)
    _raise_wall()
    open_shipped_lines(at=clock.now())
    connection.close()
    anchor_daily()
    refresh_daily()
    give_daily()
    workers = Workers()
    workers.start()
    click.echo(
        f"Serving at http://{'localhost' if host == '127.0.0.1' else host}:{port}/", err=True
    )
    # The workers read it; this process keeps its patience, for it also counts and anchors.
    os.environ.setdefault("PARVIS_PATIENCE_S", "5")
    # A worker that is forked from a process with threads finds locks shut that nobody will open.
    multiprocessing.set_start_method("spawn", force=True)
    pages = Granian(
        "parvis.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=_ALONE if settings.ENVIRONMENT.proxies else _IN_THE_OPEN,
        respawn_failed_workers=True,
        # One told to end while it was starting may not have heard it.
        workers_kill_timeout=_LEAVE_WITHIN_S,
        log_level=LogLevels.warning,
    )
    try:
        pages.serve()
    finally:
        workers.end()


def _raise_wall() -> None:
    """Have the workers come to the database in the doors' own role, or say why they cannot."""
    from parvis.jobs.walling import raise_wall  # noqa: PLC0415 - after the house is open

    if "PARVIS_BEHIND_WALL" in os.environ:
        return
    if raise_wall():
        os.environ["PARVIS_BEHIND_WALL"] = "1"
        return
    click.echo(
        "The database keeps no rows from the pages: it lacks the role parvis_door. As its"
        " administrator: CREATE ROLE parvis_door; GRANT parvis_door TO the role of DATABASE_URL.",
        err=True,
    )


def _keep_database_up() -> None:
    """Start the private database again whenever it is gone without having been stopped."""
    from django.db import connection  # noqa: PLC0415 - after the house is open

    while own_database() is None:
        time.sleep(_LOOK_EVERY_S)
        if cluster().has_failed():
            click.echo("The database is gone; starting it again.", err=True)
            try:
                open_house()
            except Exception as error:
                click.echo(f"It does not start: {error}", err=True)
            finally:
                connection.close()


def _refuse_a_taken_port(host: str, port: int) -> None:
    """Say in one sentence what would otherwise fail in every worker."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise Refused(f"{host} is not an address of this machine") from None
    with socket.socket(family, kind, protocol) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refused(f"port {port} is taken; choose another with --port") from None
            raise Refused(f"cannot listen on {host}, port {port}: {error.strerror}") from None

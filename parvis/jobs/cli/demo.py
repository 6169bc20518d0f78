"""`parvis demo`: make the demo department and open its doors."""

import os

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.lib import clock

_MORNING = "2024-01-12T09:00:00-05:00"
"""The moment at which the demo's clock starts, unless PARVIS_CLOCK names another."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--fill", "only_fill", is_flag=True, help="Make the department, open no doors.")
def demo(*, port: int, only_fill: bool) -> None:
    """Make a small department, made up, and serve it at http://localhost:8000.

    Its clock starts on 12 January 2024. A second run adds nothing. Ctrl-C ends it.
    """
    # The settings read the clock once, when they are loaded; so do the server's workers.
    os.environ.setdefault("PARVIS_CLOCK", _MORNING)
    open_house()
    # Django's models can be imported only once the house is open.
    from django.conf import settings  # noqa: PLC0415

    from parvis.jobs.cli.serve import serve_pages  # noqa: PLC0415
    from parvis.jobs.demo.department import fill  # noqa: PLC0415

    if settings.ENVIRONMENT.production:
        raise Refused("the demo opens doors with a known password; it does not run in production")
    made = fill(now=clock.now())
    told = f"{made} files were made." if made else "The department was there; nothing was added."
    click.echo(told, err=True)
    _tell_who(port)
    if not only_fill:
        serve_pages("127.0.0.1", port)


def _tell_who(port: int) -> None:
    from parvis.jobs.demo.people import ADA, OFFICER, PASSWORD, ZOE  # noqa: PLC0415

    click.echo(
        f"""
English    http://localhost:{port}/en/
Français   http://localhost:{port}/fr/
API        http://localhost:{port}/api/openapi.json

Sign in with the password {PASSWORD}
  {ADA.email:20} {ADA.name}, a client
  {ZOE.email:20} {ZOE.name}, une cliente
  {OFFICER:20} an officer, who sees every file

Its clock starts on 12 January 2024. For other commands to tell the same time:
  export PARVIS_CLOCK={os.environ["PARVIS_CLOCK"]}
"""
    )

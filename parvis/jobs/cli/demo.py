"""`parvis demo`: make the demo department and open its doors."""

import math
import os
from time import perf_counter
from typing import TYPE_CHECKING

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.bar import bar_of_facts
from parvis.jobs.cli.house import open_house
from parvis.lib import clock

if TYPE_CHECKING:
    from parvis.jobs.demo import census

_MORNING = "2024-01-12T09:00:00-05:00"
"""The moment at which the demo's clock starts, unless PARVIS_CLOCK names another."""


class _Scale(click.ParamType[float]):
    """Files of the demo for each of a real department."""

    name = "scale"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        try:
            scale = float(str(value))
        except ValueError:
            scale = math.nan
        if not 0 < scale <= 1:
            self.fail(f"{value!r} is not a number above 0 and up to 1, such as 0.01", param, ctx)
        return scale


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--fill", "only_fill", is_flag=True, help="Make the department, open no doors.")
@click.option(
    "--scale",
    type=_Scale(),
    default=0.00225,
    show_default=True,
    help="Files for each that a real department had; so many that its shares come out alike.",
)
def demo(*, port: int, only_fill: bool, scale: float) -> None:
    """Make a department, made up in real proportions, and serve it at http://localhost:8000.

    Its clock starts on 12 January 2024. A second run adds nothing. Ctrl-C ends it.
    """
    # The settings read the clock once, when they are loaded; so do the server's workers.
    os.environ.setdefault("PARVIS_CLOCK", _MORNING)
    open_house()
    # Django's models can be imported only once the house is open.
    from django.conf import settings  # noqa: PLC0415

    from parvis.jobs.cli.serve import serve_pages  # noqa: PLC0415

    if settings.ENVIRONMENT.production:
        raise Refused("the demo opens doors with a known password; it does not run in production")
    _fill(scale)
    _tell_who(port)
    if not only_fill:
        serve_pages("127.0.0.1", port)


def _fill(scale: float) -> None:
    """Fill an empty house and say with what; leave one that was filled as it is."""
    from parvis.jobs.anchoring import anchor_now  # noqa: PLC0415
    from parvis.jobs.demo import census  # noqa: PLC0415
    from parvis.jobs.demo.department import fill  # noqa: PLC0415
    from parvis.jobs.figures import refresh_now  # noqa: PLC0415

    began = perf_counter()
    with bar_of_facts(transient=True) as bar:
        task = bar.add_task("The demo department", total=1.0, facts=0)
        made = fill(
            now=clock.now(),
            scale=scale,
            progress=lambda share, facts: bar.update(task, completed=share, facts=facts),
        )
    if made is None:
        click.echo("The department was there; nothing was added.", err=True)
        return
    seconds = perf_counter() - began
    anchor_now()
    refresh_now()
    click.echo(f"{made.files:,} files were made, of {made.facts:,} facts, in {seconds:.1f} s.")
    if clock.now() >= census.COUNTED_AT:
        click.echo(_in_words(census.total(census.count())))


def _in_words(count: "census.Count") -> str:
    waiting = sum(count)
    if count.share is None:
        return f"On 30 November 2023, {waiting:,} of them waited."
    return (
        f"On 30 November 2023, {waiting:,} of them waited: {count.share:.2%} of those that have a"
        f" service standard were within it; {count.unmeasured:,} have none."
    )


def _tell_who(port: int) -> None:
    from parvis.jobs.demo.lines import (  # noqa: PLC0415
        AGENT,
        PARLIAMENTARY_AGENT,
    )
    from parvis.jobs.demo.mandates import (  # noqa: PLC0415
        COLLEAGUE,
        FIRM,
        PARLIAMENT,
        REPRESENTATIVE,
        THIRD_PARTY,
    )
    from parvis.jobs.demo.people import (  # noqa: PLC0415
        ADA,
        OFFICER,
        PASSWORD,
        SUPERVISOR,
        ZOE,
    )

    click.echo(
        f"""
English    http://localhost:{port}/en/
Français   http://localhost:{port}/fr/
API        http://localhost:{port}/api/openapi.json

Sign in with the password {PASSWORD}
  {ADA.email:22} {ADA.name}, a client
  {ZOE.email:22} {ZOE.name}, une cliente
  {REPRESENTATIVE:22} a representative of Ada and Zoé, of the firm {FIRM}
  {COLLEAGUE:22} a colleague there, who holds the same mandates
  {THIRD_PARTY:22} a third party: Zoé’s, and offered one by Ada
  {PARLIAMENT:22} the office of a member of Parliament, for Ada
  {OFFICER:22} an officer, who sees every file
  {SUPERVISOR:22} a supervisor, who opens lines and sees how the support centre fares
  {AGENT:22} an agent there, on the general line
  {PARLIAMENTARY_AGENT:22} an agent there, on the parliamentary line

Its clock starts on 12 January 2024. For other commands to tell the same time:
  export PARVIS_CLOCK={os.environ["PARVIS_CLOCK"]}
"""
    )

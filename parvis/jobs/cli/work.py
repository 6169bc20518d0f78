"""`parvis work`: do the jobs that acts have left for later."""

import click

from parvis.jobs.cli.house import open_house
from parvis.lib import clock


@click.command()
@click.option(
    "--queue",
    "names",
    multiple=True,
    help="Only of this queue, in this process; may be given more than once.",
)
@click.option("--once", is_flag=True, help="Do what is due now, and leave.")
@click.option("--until-closed", is_flag=True, hidden=True, help="End when the input is closed.")
def work(*, names: tuple[str, ...], once: bool, until_closed: bool) -> None:
    """Do the jobs that acts have left for later, until Ctrl-C or SIGTERM.

    Without --queue a process is started for each queue, as `parvis serve` does, so that what is
    urgent never waits behind what is much.
    """
    from parvis.casework.events.later import Queue  # noqa: PLC0415 - `--help` need not wait for it

    known = ", ".join(Queue)
    if strangers := sorted(set(names) - set(Queue)):
        raise click.BadParameter(f"there is no queue {', '.join(strangers)}; there are {known}")
    # Started beside the pages, it leaves the database to them.
    open_house(start=not until_closed, migrate=not until_closed)
    from parvis.jobs import working  # noqa: PLC0415 - Django is set up by now

    if until_closed:
        working.end_when_input_closes()
    else:
        from parvis.casework.lines.services import open_shipped_lines  # noqa: PLC0415

        open_shipped_lines(at=clock.now())
    if once or names:
        working.work([Queue(name) for name in names] or list(Queue), wait=not once)
        return
    click.echo(f"Working on {known}.", err=True)
    working.keep_working()

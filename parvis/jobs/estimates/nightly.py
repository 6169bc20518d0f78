"""Give dates now, and tell on stderr what was done: every day while serving, and when asked."""

from time import perf_counter

import click

from parvis.jobs.cli.bar import bar
from parvis.jobs.daily import daily
from parvis.jobs.estimates.giving import Given, give_all
from parvis.lib import clock


def give_now() -> Given:
    """Read every open file anew and tell clients where their dates moved."""
    began = perf_counter()
    with bar() as progress:
        task = progress.add_task("Telling dates", total=1.0)
        given = give_all(clock.now(), lambda share: progress.update(task, completed=share))
    seconds = perf_counter() - began
    click.echo(
        f"Dates: {given.waiting:,} files wait, {given.dated:,} have a date, {given.told:,} were"
        f" told a new one; {given.scored:,} dates have fallen due ({seconds:.1f} s).",
        err=True,
    )
    return given


def give_daily() -> None:
    """Give dates now and every day after, in a thread that ends with the process."""
    daily(give_now, name="give-dates")

"""Count the figures that pages show: when asked, after an import, and every day while serving."""

from time import perf_counter

import click

from parvis.jobs.daily import daily
from parvis.lib import clock
from parvis.lib.durations import at_most
from parvis.readers.estimates.figures import Figure
from parvis.readers.estimates.published import refresh


def refresh_now() -> list[Figure]:
    """Count how long decided files took, for every program, and tell on stderr that it was done."""
    began = perf_counter()
    figures = refresh(clock.now())
    known = sum(one.days is not None for one in figures)
    click.echo(
        f"Counted how long decided files took: {known} of {len(figures)} programs have a"
        f" published time ({perf_counter() - began:.1f} s).",
        err=True,
    )
    return figures


def refresh_daily() -> None:
    """Count now and every day after, in a thread that ends with the process."""
    daily(refresh_now, name="refresh-figures")


def told(figure: Figure) -> str:
    """Return a figure as a line for those who run the house."""
    window = f"{figure.files:,} decided from {figure.decided_from} to {figure.decided_to}"
    if figure.days is None:
        return f"{figure.program:24} too few to say ({window})"
    time = at_most(figure.days).text.en
    return (
        f"{figure.program:24} {figure.share:.0%} in {time} or less ({figure.days} days; {window})"
    )

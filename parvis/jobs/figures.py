"""Count the figures that pages show: when asked, after an import, and every day while serving."""

import sys
from time import perf_counter

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from parvis.jobs.cli.bar import bar
from parvis.jobs.daily import daily
from parvis.lib import clock
from parvis.lib.durations import at_most
from parvis.readers.estimates.figures import Figure
from parvis.readers.estimates.published import refresh
from parvis.readers.standards.counting import count
from parvis.readers.support import counting as support


def refresh_now(*, all_anew: bool = False) -> list[Figure]:
    """Count what pages tell, and tell on stderr that it was done; return the published times.

    What files wait is counted of those that changed since, or of `all_anew`.
    """
    began = perf_counter()
    figures = refresh(clock.now())
    seconds = perf_counter() - began
    known = sum(one.days is not None for one in figures)
    click.echo(
        f"Counted how long decided files took: {known} of {len(figures)} programs have a"
        f" published time ({seconds:.1f} s).",
        err=True,
    )
    count_now(all_anew=all_anew)
    count_support_now(all_anew=all_anew)
    return figures


def count_now(*, all_anew: bool = False) -> None:
    """Count what waits and what was decided, by day, and tell on stderr that it was done."""
    began = perf_counter()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} files looked at"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None)
        counted = count(
            clock.now(),
            all_anew=all_anew,
            progress=lambda looked_at, anew: bar.update(task, completed=max(looked_at, anew)),
        )
    click.echo(
        f"Counted what waits and what was decided: {counted.anew:,} of {counted.files:,} files"
        f" were new or had changed ({perf_counter() - began:.1f} s).",
        err=True,
    )


def count_support_now(*, all_anew: bool = False) -> None:
    """Count what the support centre received and answered, and tell on stderr that it was done."""
    began = perf_counter()
    with bar() as shown:
        task = shown.add_task("Counting calls", total=1.0)
        counted = support.count(
            clock.now(),
            all_anew=all_anew,
            progress=lambda share: shown.update(task, completed=share),
        )
    click.echo(
        f"Counted what the support centre received and answered: {counted.events:,} events of"
        f" calls and {counted.enquiries:,} enquiries were new or had changed"
        f" ({perf_counter() - began:.1f} s).",
        err=True,
    )


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

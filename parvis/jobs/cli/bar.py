"""The progress bar of long work, on stderr where somebody looks."""

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


def bar(*, transient: bool = True) -> Progress:
    """Return a bar of a share of the work; where `transient`, it goes when the work is done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=transient,
    )


def bar_of_facts(*, transient: bool = False, what: str = "facts") -> Progress:
    """Return a bar whose task tells `facts`, called so or otherwise; `transient` as above."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[facts]:,} " + what),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=transient,
    )

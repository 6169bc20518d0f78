"""`parvis figures`: count what pages tell of how long files take."""

import click

from parvis.jobs.cli.house import open_house


@click.group()
def figures() -> None:
    """Count what pages tell of how long files take."""


@figures.command()
def refresh() -> None:
    """Count anew how long decided files took, program by program, and keep it for the pages.

    An import does it, and `parvis serve` every day; run it after anything else that decides files.
    """
    open_house()
    from parvis.jobs.figures import refresh_now, told  # noqa: PLC0415 - models load in an open house

    for figure in refresh_now():
        click.echo(told(figure))

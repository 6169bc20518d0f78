"""`parvis figures`: count what pages and commands tell of all files."""

import click

from parvis.jobs.cli.house import open_house


@click.group()
def figures() -> None:
    """Count what pages and commands tell of all files."""


@figures.command()
@click.option("--anew", is_flag=True, help="Forget what was counted, and count every file again.")
def refresh(*, anew: bool) -> None:
    """Count how long decided files took, what waits and what was decided, and keep it.

    An import does it, and `parvis serve` every day; run it after anything else that changes files.
    Only files that changed are looked into. Killed half-way, the next goes on from there.
    """
    open_house()
    from parvis.jobs.figures import refresh_now, told  # noqa: PLC0415 - models load in an open house

    for figure in refresh_now(all_anew=anew):
        click.echo(told(figure))

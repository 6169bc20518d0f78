"""`parvis manage …`: Django's own management commands, on the house's database."""

import click

from parvis.jobs.cli.house import open_house


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own management commands, `parvis manage help` for instance."""
    open_house(migrate=False)
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after setup

    execute_from_command_line(["parvis manage", *arguments])

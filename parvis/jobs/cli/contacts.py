"""`parvis contacts`: what telephone systems tell of calls."""

import dataclasses
import json
import re
import sys
from pathlib import Path

import click

from parvis.channels.casefiles import FileBroken
from parvis.jobs.cli import Refused
from parvis.jobs.cli.bar import bar_of_facts
from parvis.jobs.cli.house import open_house
from parvis.lib import clock
from parvis.lib.postgres import default_home

_CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")


@click.group()
def contacts() -> None:
    """Read what a telephone system tells of calls."""


@contacts.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", required=True, metavar="CODE", help="Whose system it is, by its code.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def import_(*, file: Path, source: str, as_json: bool) -> None:
    """Read the events of calls in FILE: JSON lines, or CSV with the fields' names (also .gz).

    Fields are event_id, contact_id, kind, at and, where known, initial_contact_id,
    previous_contact_id, method, line, queue, language, priority, agent. The records of the
    "Anonymous Bank" are known too. The same file again adds nothing; one that was cut short is
    taken up where it stopped. Exit code 1 if a record was rejected or the file broke off.
    """
    if not _CODE.fullmatch(source):
        raise Refused("name the system by a code of 2 to 40 small letters, digits and hyphens")
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.channels.contacts.opening import open_contacts  # noqa: PLC0415
    from parvis.jobs.contacts import take_in  # noqa: PLC0415
    from parvis.jobs.figures import count_support_now  # noqa: PLC0415
    from parvis.jobs.importing.rejects import Rejects  # noqa: PLC0415

    at = clock.now()
    try:
        opened = open_contacts(file, now=at)
    except FileBroken as error:
        raise Refused(str(error)) from None
    rejects = Rejects(default_home() / "rejects", source=file, at=at)
    with bar_of_facts(what="events") as bar:
        task = bar.add_task(file.name, total=1.0, facts=0)
        summary = take_in(
            opened,
            source=source,
            rejects=rejects,
            at=at,
            progress=lambda share, events: bar.update(task, completed=share, facts=events),
        )
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary)))
    else:
        click.echo(
            f"{summary.events:,} events in {summary.seconds:.1f} s:"
            f" {summary.added:,} added, {summary.unchanged:,} there before"
        )
        if summary.skipped:
            click.echo(f"{summary.skipped:,} records tell of no contact and were skipped")
        if summary.rejected:
            click.echo(f"{summary.rejected:,} records rejected, kept in {summary.rejected_file}")
    if summary.broken:
        click.echo(f"parvis: {file}: {summary.broken}", err=True)
    count_support_now()
    if summary.broken or summary.rejected:
        sys.exit(1)

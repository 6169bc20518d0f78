"""A line that closed, as `parvis lines show` tells it: its words, and its daily report."""

from typing import TYPE_CHECKING, Any

import click

from parvis.lib import clock
from parvis.lib.text import LANGUAGES

if TYPE_CHECKING:
    from parvis.casework.lines.selectors import KnownLine
    from parvis.readers.support.figures import Figures


def archived(line: "KnownLine") -> dict[str, Any]:
    """Return a line that closed as it was: its terms from first to last, and its daily report."""
    from parvis.casework.lines.selectors import have_worked, versions  # noqa: PLC0415
    from parvis.readers.support.data import as_data  # noqa: PLC0415

    report = _report(line)
    return {
        "terms": [{"from": one.since.isoformat(), **one.terms.as_data()} for one in versions(line)],
        "agents": have_worked(line),
        "report": report and as_data(report),
    }


def _report(line: "KnownLine") -> "Figures | None":
    """Return its daily report; None where nothing was counted yet."""
    from parvis.readers.standards.standing import today  # noqa: PLC0415
    from parvis.readers.support.figures import NotTold, line_figures  # noqa: PLC0415

    try:
        return line_figures(line.code, today(clock.now()))
    except NotTold:
        return None


def echo_archive(line: "KnownLine") -> None:
    """Print the same for people."""
    from parvis.casework.lines.selectors import have_worked, versions  # noqa: PLC0415
    from parvis.readers.support.figures import every_day  # noqa: PLC0415

    click.echo(f"agents who worked on it: {have_worked(line)}")
    for one in versions(line):
        click.echo(f"\nfrom {one.since.astimezone(one.terms.time_zone):%Y-%m-%d %H:%M}")
        for language in LANGUAGES:
            click.echo(f"  {one.terms.about[language]}\n  {one.terms.script[language]}")
    report = _report(line)
    if report is None:
        click.echo("\nNothing of it was counted: parvis support refresh counts.")
        return
    click.echo("\nday         calls  answered  messages  answered")
    for on, of in every_day(report):
        click.echo(
            f"{on}  {of.calls:>5}  {of.calls_answered:>8}  {of.written:>8}"
            f"  {of.written_answered:>8}"
        )

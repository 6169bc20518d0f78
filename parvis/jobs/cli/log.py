"""`parvis log`: check the log, anchor it, rebuild the files from it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from types import ModuleType

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from parvis.jobs.cli.house import open_house

_SHOWN = 50
"""Findings told in words; `--json` has all of them."""


@click.group()
def log() -> None:
    """Check the log of facts, anchor it, rebuild the files from it."""


@log.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify(*, as_json: bool) -> None:
    """Check every fact, chain and anchor; name what was altered, inserted, removed or cut off.

    Exit code 1 if anything does not hold.
    """
    open_house()
    from parvis.casework.events import verifying  # noqa: PLC0415 - models load in an open house
    from parvis.jobs.anchoring import anchors  # noqa: PLC0415

    began = perf_counter()
    with _counting("facts checked") as (bar, task):
        report = verifying.verify(
            anchors(), progress=lambda facts: bar.update(task, completed=facts)
        )
    seconds = perf_counter() - began
    if as_json:
        told = {
            "sound": not report.findings,
            "facts": report.facts,
            "subjects": report.subjects,
            "anchored": report.anchored,
            "findings": report.findings,
            "seconds": round(seconds, 3),
        }
        click.echo(json.dumps(told))
    else:
        click.echo(
            f"{report.facts:,} facts on {report.subjects:,} subjects checked in {seconds:.1f} s;"
            f" {report.anchored:,} subjects are anchored."
        )
        for finding in report.findings[:_SHOWN]:
            click.echo(finding)
        if len(report.findings) > _SHOWN:
            click.echo(f"and {len(report.findings) - _SHOWN:,} more; --json has them all")
        click.echo("The log is NOT sound." if report.findings else "The log is sound.")
    if report.findings:
        sys.exit(1)


@log.command()
def anchor() -> None:
    """Seal what the log holds now in a file outside the database; run it every day."""
    open_house()
    from parvis.jobs.anchoring import anchor_now  # noqa: PLC0415

    anchor_now()


@log.command()
@click.option("--check", is_flag=True, help="Only compare; exit code 1 if a file differs.")
def replay(*, check: bool) -> None:
    """Make all files again from the log, or see whether they say the same."""
    open_house()
    from parvis.casework.applications import replaying  # noqa: PLC0415
    from parvis.casework.lines import replaying as lines  # noqa: PLC0415
    from parvis.casework.notices import replaying as messages  # noqa: PLC0415

    rooms = ((replaying, "files"), (messages, "messages"), (lines, "lines"))
    if sum(_replay(room, what, check=check) for room, what in rooms):
        sys.exit(1)


def _replay(room: ModuleType, what: str, *, check: bool) -> int:
    """Make again, or compare, what a room keeps; return how much of it differs."""
    wrong: list[str] = []
    with _counting(what) as (bar, task):
        if check:
            for count, found in room.differences():
                wrong += found
                bar.advance(task, count)
        else:
            for count in room.replay():
                bar.advance(task, count)
        seen = int(bar.tasks[task].completed)
    for line in wrong[:_SHOWN]:
        click.echo(line)
    done = "compared with" if check else "made again from"
    click.echo(f"{seen:,} {what} {done} the log; {len(wrong):,} differ.")
    return len(wrong)


@contextmanager
def _counting(what: str) -> Iterator[tuple[Progress, TaskID]]:
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} {task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    ) as bar:
        yield bar, bar.add_task(what, total=None)

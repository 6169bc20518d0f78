"""`parvis import`: read case histories of another system into the log."""

import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from parvis.channels.casefiles import FileBroken, open_file, parse_columns
from parvis.jobs.cli import Refused
from parvis.jobs.cli.bar import bar_of_facts
from parvis.jobs.cli.house import open_house
from parvis.jobs.importing.ahead import Batch, CasesAt, read_ahead
from parvis.lib import clock
from parvis.lib.postgres import default_home
from parvis.programs import loader
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.schema import Program

if TYPE_CHECKING:
    from parvis.jobs.importing.run import Summary


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--program", "named", required=True, help="A program's code, or its YAML file.")
@click.option("--columns", help="What a table's columns hold: case=…,received=…,decided=…")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def import_(*, file: Path, named: str, columns: str | None, as_json: bool) -> None:
    """Read the case histories in FILE (XES, CSV or Parquet, also .gz) into the log.

    The same file again adds nothing; a longer one adds what is new; one that was cut short is
    taken up where it stopped. Exit code 1 if a record was rejected or the file broke off.
    """
    try:
        told = parse_columns(columns) if columns else None
        program = _program(named)
        told = told or program.history.columns
        # What cannot be read at all is said before anything is started.
        open_file(file, told, now=clock.now(), time_zone=program.time_zone)
    except FileBroken as error:
        raise Refused(str(error)) from None
    if _is_file(named):
        _adopt(Path(named))
    source = CasesAt(file, told, clock.now(), program.time_zone)
    began = perf_counter()
    with read_ahead(source) as batches:
        # The file is being read while the house opens.
        open_house()
        summary = _take_in(batches, program, file, began)
    # Django's models can be imported only once the house is open.
    from parvis.jobs.anchoring import anchor_now  # noqa: PLC0415
    from parvis.jobs.figures import refresh_now  # noqa: PLC0415

    if as_json:
        click.echo(json.dumps(dataclasses.asdict(summary)))
    else:
        click.echo(_in_words(summary, program))
    if summary.broken:
        click.echo(f"parvis: {file}: {summary.broken}", err=True)
    anchor_now()
    refresh_now()
    if summary.broken or summary.rejected:
        sys.exit(1)


def _take_in(batches: Iterator[Batch], program: Program, file: Path, began: float) -> "Summary":
    from parvis.jobs.importing import run as importing  # noqa: PLC0415
    from parvis.jobs.importing.rejects import Rejects  # noqa: PLC0415

    rejects = Rejects(default_home() / "rejects", source=file, at=clock.now())
    try:
        with bar_of_facts() as bar:
            task = bar.add_task(file.name, total=1.0, facts=0)
            return importing.run(
                batches,
                program=program,
                rejects=rejects,
                began=began,
                progress=lambda share, facts: bar.update(task, completed=share, facts=facts),
            )
    except importing.ImportRunning:
        raise Refused(
            f"another import into {program.code} is running; wait until it has ended"
        ) from None


def _program(named: str) -> Program:
    """Return the program with this code, or the one in this file."""
    try:
        return loader.load_program(Path(named)) if _is_file(named) else loader.program(named)
    except ProgramRefused as refused:
        raise Refused(f"{named} is not a program:\n{refused}") from None
    except loader.UnknownProgram as unknown:
        raise Refused(f"{unknown}; or name a program's YAML file") from None
    except OSError as error:
        raise Refused(f"{named} cannot be read: {error.strerror}") from None


def _is_file(named: str) -> bool:
    return named.endswith((".yaml", ".yml")) or "/" in named


def _adopt(path: Path) -> None:
    """Keep a program's file with the house, whose pages need its words from now on."""
    try:
        loader.adopt(path)
    except loader.CodeTaken as taken:
        raise Refused(
            f"{path} has the code {taken}, of a program that comes with Parvis; give it another"
        ) from None
    except OSError as error:
        raise Refused(
            f"{path} cannot be kept in {default_home() / 'programs'}: {error.strerror}"
        ) from None


def _in_words(summary: "Summary", program: Program) -> str:
    lines = [
        f"{summary.cases:,} cases of {program.name.en} ({program.code}) in {summary.seconds:.1f} s",
        f"{summary.facts:,} facts: {summary.added:,} added, {summary.unchanged:,} there before",
    ]
    if summary.rejected:
        lines.append(f"{summary.rejected:,} records rejected, kept in {summary.rejected_file}")
    return "\n".join(lines)

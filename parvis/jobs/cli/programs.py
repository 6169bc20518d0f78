"""`parvis programs`: list the lines of business, draft one from a log, check one before use."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from parvis.channels.casefiles import FileBroken, Reject, SourceCase, open_file, parse_columns
from parvis.jobs.cli import Refused
from parvis.lib import clock
from parvis.programs.draft import draft as drafted
from parvis.programs.loader import all_programs, load_program, standard_on
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.schema import CODE, Columns, Program, Standard
from parvis.programs.summary import summarise

SHOWN = 5
"""Rejected records told one by one; the rest are only counted."""


@click.group()
def programs() -> None:
    """List the lines of business, draft one from a log, or check one."""


@programs.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, in both languages.")
def list_(*, as_json: bool) -> None:
    """List the lines of business that come with Parvis, with their service standards of today."""
    known = list(all_programs().values())
    if as_json:
        told = [_as_data(one) for one in known]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = [
        (one.code, one.line, one.name.en, one.name.fr, _length(_standard(one))) for one in known
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@programs.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--code", required=True, help="The new program's code, for example road-fine.")
@click.option("--columns", help="What a table's columns hold: case=…,received=…,decided=…")
def draft(file: Path, code: str, columns: str | None) -> None:
    """Print a first program for the case histories in FILE, as YAML to correct."""
    if not re.fullmatch(CODE, code):
        raise click.BadParameter("use lower-case letters, digits and hyphens", param_hint="--code")
    try:
        told = parse_columns(columns) if columns else None
        log = open_file(file, told, now=clock.now(), time_zone=ZoneInfo("UTC"), as_told=True)
        # A format that names its own parts has no columns.
        used = getattr(log, "columns", told)
        summary = summarise(_cases(log.read()), columns=used if isinstance(used, Columns) else None)
    except FileBroken as error:
        raise Refused(str(error)) from None
    if not summary.cases:
        raise Refused(f"{file} holds no case that can be read, so there is nothing to draft from.")
    click.echo(drafted(summary, code), nl=False)


@programs.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Check a program's FILE: every mistake with its line, its field and what to do."""
    try:
        found = load_program(file)
    except ProgramRefused as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    click.echo(f"{file} is a program: {found.name.en} / {found.name.fr} ({found.code}).", err=True)


def _cases(read: Iterator[SourceCase | Reject]) -> Iterator[SourceCase]:
    """Pass the cases on; tell of the records that cannot be read on stderr."""
    rejects = 0
    for found in read:
        if isinstance(found, SourceCase):
            yield found
            continue
        rejects += 1
        if rejects <= SHOWN:
            click.echo(f"Line {found.line:,}: {found.reason}", err=True)
    if rejects:
        click.echo(f"{rejects:,} records cannot be read and are not counted.", err=True)


def _standard(program: Program) -> Standard | None:
    return standard_on(program, clock.now().astimezone(program.time_zone).date())


def _as_data(program: Program) -> dict[str, Any]:
    standard = _standard(program)
    said = program.model_dump(mode="json", include={"code", "line", "name", "no_standard"})
    told = standard.model_dump(mode="json", exclude_none=True) if standard else None
    return said | {"service_standard": told}


def _length(standard: Standard | None) -> str:
    if standard is None:
        return "no service standard"
    length = f"{standard.days} days" if standard.days else f"{standard.months} months"
    return f"{standard.target:.0%} in {length}"

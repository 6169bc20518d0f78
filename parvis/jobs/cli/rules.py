"""`parvis rules`: list and check the tables, run their examples, compare old rules with new."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np

from parvis.engines.rules.arrays import NotForArrays
from parvis.engines.rules.comparing import Comparison, Side, compare, value_of
from parvis.engines.rules.rules import Assessment, NoRulesYet, Rules
from parvis.jobs.cli import Refused
from parvis.jobs.cli.bar import bar
from parvis.lib import clock
from parvis.lib.dates import department_day
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.rules.examples import run_examples, shipped_examples
from parvis.programs.rules.loader import (
    UnknownAssessment,
    all_assessments,
    assessment,
    load_assessment,
)

_PEOPLE = 1_000_000
_MOST = 100_000_000
_TELLING = 3
_COMMONEST = 12


@click.group()
def rules() -> None:
    """Check, try and compare the rules of the assessments."""


@rules.command("list")
def list_() -> None:
    """List the assessments, with the days from which versions of their rules are in force."""
    for one in all_assessments().values():
        days = ", ".join(edition.since.isoformat() for edition in one.editions)
        click.echo(f"{one.code:<12}  {one.name.en} / {one.name.fr}  ({days})")


@rules.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Check the tables in FILE: every gap, overlap and other mistake with its line and row."""
    found = _load(file)
    click.echo(f"{file} is an assessment: {found.name.en} / {found.name.fr} ({found.code}).")


@rules.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def test(files: Sequence[Path]) -> None:
    """Run the examples in FILES, or all that come with the tables; exit code 1 if one fails."""
    held = failed = 0
    for file in files or shipped_examples():
        try:
            outcomes = list(run_examples(file))
        except ProgramRefused as refused:
            click.echo(str(refused), err=True)
            failed += 1
            continue
        for one in outcomes:
            if not one.wrong:
                held += 1
                continue
            failed += 1
            click.echo(f"{one.file}:{one.line}: {one.example.name}", err=True)
            for wrong in one.wrong:
                click.echo(f"  {wrong}", err=True)
    click.echo(f"{held} examples hold, {failed} do not.")
    if failed:
        sys.exit(1)


class _Asked(NamedTuple):
    assessment: Assessment
    side: Side


@rules.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--people",
    type=click.IntRange(1, _MOST),
    default=_PEOPLE,
    show_default=True,
    help="How many people are made up.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other people.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff(*, old: str, new: str, people: int, seed: int, as_json: bool) -> None:
    """Compare OLD rules with NEW over made-up people: who gains, who loses, by how much.

    Each is an assessment or a file of tables, with the day of its rules where that is not today:
    crs@2025-03-24, my-crs.yaml, my-crs.yaml@2027-01-01.
    """
    before, after = _asked(old), _asked(new)
    try:
        with bar() as progress:
            task = progress.add_task("People", total=people)
            found = compare(
                before.side,
                after.side,
                count=people,
                rng=np.random.default_rng(seed),
                told=lambda done: progress.advance(task, done),
            )
    except NotForArrays as error:
        raise Refused(f"These rules cannot be compared over made-up people: {error}.") from None
    if as_json:
        click.echo(json.dumps(_as_data(found, after.side.rules), ensure_ascii=False, indent=2))
    else:
        _tell(found, before, after)


def _asked(said: str) -> _Asked:
    name, _, day = said.rpartition("@") if "@" in said else (said, "", "")
    try:
        on = date.fromisoformat(day) if day else department_day(clock.now())
        found = _load(Path(name)) if name.endswith((".yaml", ".yml")) else assessment(name)
        return _Asked(found, Side(found.on(on), on))
    except UnknownAssessment as unknown:
        raise Refused(f"{unknown}.") from None
    except NoRulesYet as error:
        raise Refused(f"{said}: {error.message.en}") from None
    except ValueError:
        raise Refused(f"{day!r} is not a day; say it like crs@2025-03-24.") from None


def _load(file: Path) -> Assessment:
    try:
        return load_assessment(file)
    except ProgramRefused as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)


def _tell(found: Comparison, before: _Asked, after: _Asked) -> None:
    name = after.assessment.name.en
    click.echo(f"{name}: rules of {before.side.on} and of {after.side.on}")
    same = found.people - found.gain - found.lose
    for word, count in (("gain", found.gain), ("lose", found.lose), ("stay the same", same)):
        click.echo(f"  {count:>11,}  {count / found.people:>6.1%}  {word}")
    moved = [(by, count) for by, count in found.by.most_common() if by]
    if not moved:
        return
    click.echo("By how much:")
    for by, count in sorted(moved[:_COMMONEST], reverse=True):
        click.echo(f"  {by:>+11,}  {count / found.people:>6.1%}  {count:,} people")
    if len(moved) > _COMMONEST:
        rest = sum(count for _, count in moved[_COMMONEST:])
        click.echo(f"  {'other':>11}  {rest / found.people:>6.1%}  {rest:,} people")
    click.echo("In what:")
    for total, count in found.totals.most_common(_COMMONEST):
        click.echo(f"  {count:>11,}  {count / found.people:>6.1%}  {Rules.key_of(total)}")
    for answer in found.most_telling(_TELLING):
        _tell_group(answer, found, after.side.rules)


def _tell_group(answer: str, found: Comparison, asked: Rules) -> None:
    click.echo(f"By {asked.inputs[answer].label.en}:   gain   lose   on average")
    for number, group in found.groups[answer].items():
        if not group.people:
            continue
        shares = f"{group.gain / group.people:>6.1%} {group.lose / group.people:>6.1%}"
        mean = group.by / group.people
        click.echo(f"  {shares}  {mean:>+8.1f}  {value_of(answer, number, asked).en}")


def _as_data(found: Comparison, asked: Rules) -> dict[str, Any]:
    return {
        "people": found.people,
        "gain": found.gain,
        "lose": found.lose,
        "by": {str(by): count for by, count in sorted(found.by.items())},
        "totals": {Rules.key_of(name): count for name, count in found.totals.most_common()},
        "answers": {
            name: [
                {"value": value_of(name, number, asked).en}
                | {"people": one.people, "gain": one.gain, "lose": one.lose, "by": one.by}
                for number, one in groups.items()
            ]
            for name, groups in found.groups.items()
        },
    }

"""`parvis assess`: ask an assessment's rules about one person, or a list of people."""

import sys
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click
import orjson

from parvis.engines.rules.answers import NotJson, read_answers, read_json
from parvis.engines.rules.changes import Change, changes
from parvis.engines.rules.findings import Finding, Result, assess
from parvis.engines.rules.refusals import AnswersRefused, Refusal
from parvis.engines.rules.rules import Assessment
from parvis.engines.rules.telling import refusals_as_data, result_as_data
from parvis.jobs.cli import Refused
from parvis.jobs.cli.days import Day
from parvis.lib import clock
from parvis.lib.dates import department_day
from parvis.lib.text import Language, Text
from parvis.programs.rules.loader import UnknownAssessment, assessment

LARGEST = 5_000_000
"""Bytes: more people than this are sent in several files, so that a wrong file is told at once."""
_SHOWN = 8
_YES, _NO, _UNKNOWN = Text("yes", "oui"), Text("no", "non"), Text("not known", "inconnu")
_CHANGES = Text("What would change it", "Ce qui changerait le résultat")
_UNVERIFIED = Text("unverified", "non vérifié")
_REJECTED = Text("Answers {} are refused", "Les réponses {} sont refusées")


@click.command("assess")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--on", type=Day(), help="By the rules of this day; else as answered, else today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, in both languages.")
@click.option(
    "--changes/--no-changes",
    "what_changes",
    default=None,
    help="Tell what would change it; of a list only where asked to.",
)
@click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True
)
def assess_(  # noqa: PLR0913 - each is an option
    *,
    name: str,
    file: str,
    on: date | None,
    as_json: bool,
    what_changes: bool | None,
    language: Language,
) -> None:
    """Ask the assessment NAME about the answers in FILE: JSON of one person, or a list (-: stdin).

    Answers that cannot be are refused at their field, the rest of a list goes on, and the exit code
    is then 1.
    """
    try:
        asked = assessment(name)
    except UnknownAssessment as unknown:
        raise click.BadParameter(str(unknown), param_hint="NAME") from None
    said = _read(file, language)
    several = isinstance(said, list)
    what_changes = not several if what_changes is None else what_changes
    today = department_day(clock.now())
    told: list[dict[str, Any]] = []
    refused = 0
    for nth, one in enumerate(said if several else [said]):
        try:
            result, found = _one(asked, one, (today, on), what_changes=what_changes)
        except AnswersRefused as error:
            refused += 1
            _tell_refused(nth if several else None, error.refusals, language)
            told.append(refusals_as_data(error.refusals))
            continue
        told.append(result_as_data(result, found) if as_json else {})
        if not as_json:
            _tell(nth if several else None, result, found or (), language)
    if as_json:
        # One person's is read by people too; a list only by programs, and is shorter so.
        whole = orjson.dumps(told) if several else orjson.dumps(told[0], option=orjson.OPT_INDENT_2)
        click.echo(whole)
    if refused:
        sys.exit(1)


def _read(file: str, language: Language) -> Any:
    with click.open_file(file, "rb") as opened:
        raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise Refused(
            Text(
                f"{file} is larger than {LARGEST:,} bytes. Send fewer people at a time.",
                f"{file} dépasse 5 Mo. Envoyez moins de personnes à la fois.",
            )[language]
        )
    try:
        return read_json(raw)
    except NotJson as error:
        raise Refused(f"{Path(file).name}: {error.message[language]}") from None


def _one(
    asked: Assessment, said: Any, days: tuple[date, date | None], *, what_changes: bool
) -> tuple[Result, tuple[Change, ...] | None]:
    today, on = days
    read = read_answers(asked, said, today=today, on=on)
    result = assess(asked, read)
    return result, changes(read) if what_changes else None


def _tell_refused(nth: int | None, refusals: list[Refusal], language: Language) -> None:
    if nth is not None:
        click.echo(f"parvis: {_REJECTED[language].format(nth + 1)}:", err=True)
    for one in refusals:
        field = one.field or "JSON"
        click.echo(
            f"{'parvis: ' if nth is None else '  '}{field}: {one.message[language]}", err=True
        )


def _tell(nth: int | None, result: Result, found: tuple[Change, ...], language: Language) -> None:
    lead = f"{nth + 1}. " if nth is not None else ""
    click.echo(f"{lead}{result.name[language]}: {result.said[language]} ({result.on})")
    for finding in result.findings:
        click.echo(_line(finding, language))
    if found:
        click.echo(f"{_CHANGES[language]}:")
    for change in found[:_SHOWN]:
        then = f" → {change.then[language]}" if change.then else f": +{change.gain}"
        click.echo(f"  {'; '.join(step.says[language] for step in change.steps)}{then}")
    click.echo(result.limits[language])


def _line(finding: Finding, language: Language) -> str:
    worth = _worth(finding.points if finding.points is not None else finding.met, language)
    title = finding.title[language]
    if finding.met is None:
        worth = _UNKNOWN[language]
    elif finding.value:
        worth, title = "", f"{title}: {finding.value[language]}"
    mark = f" ({_UNVERIFIED[language]})" if finding.unverified else ""
    return f"  {worth:>9}  {title}. {finding.because[language]}{mark}"


def _worth(value: Any, language: Language) -> str:
    if isinstance(value, bool):
        return (_YES if value else _NO)[language]
    return _UNKNOWN[language] if value is None else str(value)

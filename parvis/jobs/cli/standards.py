"""`parvis standards`: how the department keeps its service standards, on any day."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from parvis.jobs.cli.days import Day, told_days_only
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.tables import ALL, number, percent, table
from parvis.lib import clock
from parvis.lib.dates import day
from parvis.lib.text import Language, Text
from parvis.programs import loader

if TYPE_CHECKING:
    from parvis.readers.standards.behind import Figure
    from parvis.readers.standards.standing import Survey

KINDS = (
    *("waiting", "inventory", "within", "late", "without-standard"),
    *("decided", "decided-within", "decided-late", "decided-without-standard"),
)
PARTS = {"program": "programs", "office": "offices", "month": "months"}
_HEADS = {
    "program": Text(en="Program", fr="Programme"),
    "office": Text(en="Office", fr="Bureau"),
    "month": Text(en="Month", fr="Mois"),
}
_MEASURES = (
    Text(en="Waiting", fr="En attente"),
    Text(en="within", fr="dans la norme"),
    Text(en="share", fr="part"),
    Text(en="no standard", fr="sans norme"),
    Text(en="Decided", fr="Réglées"),
    Text(en="within", fr="dans la norme"),
    Text(en="share", fr="part"),
    Text(en="no standard", fr="sans norme"),
)


def check_program(ctx: click.Context, param: click.Parameter, code: str | None) -> str | None:
    """Refuse a program that nobody knows, with the codes that look like it."""
    if code is not None:
        try:
            loader.program(code)
        except loader.UnknownProgram as unknown:
            raise click.BadParameter(str(unknown)) from None
    return code


@click.command()
@click.option("--on", type=Day(), help="The day, such as 2023-11-30; today if not told.")
@click.option("--program", callback=check_program, help="One program alone, by its code.")
@click.option("--office", help="One office alone, by its code.")
@click.option("--by", type=click.Choice(list(PARTS)), default="program", show_default=True)
@click.option("--files", type=click.Choice(KINDS), help="The files behind a figure, as CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: all splits, shares from 0 to 1.")
@click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True
)
def standards(  # noqa: PLR0913 - each is an option
    *,
    on: date | None,
    program: str | None,
    office: str | None,
    by: str,
    files: str | None,
    as_json: bool,
    language: Language,
) -> None:
    """Tell the share within service standards, of what waits and of what was decided.

    What waits was received and is not closed at the end of the day. What was decided was approved
    or refused in the month to the day, which begins after the same day of the month before. Files
    without a standard are counted apart. What happened and was learned later is counted on the day
    on which it happened.

    Exit code 1 where nothing is known of the day, 2 where it is no day.
    """
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.readers.standards import behind  # noqa: PLC0415
    from parvis.readers.standards.data import standards_as_data  # noqa: PLC0415
    from parvis.readers.standards.standing import survey, today  # noqa: PLC0415

    now = clock.now()
    with told_days_only(language):
        found = survey(on or today(now), now=now, program=program, office=office)
    if files is not None:
        _write_files(
            behind.Figure(
                kind=behind.Kind(files),
                on=found.on,
                since=found.since,
                program=program,
                office=office,
            )
        )
    elif as_json:
        told = standards_as_data(found, language)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in _paper(found, by, language):
            click.echo(line)


def _paper(found: "Survey", by: str, language: Language) -> Iterator[str]:
    from parvis.readers.standards.data import standards_as_data  # noqa: PLC0415

    on, since = day(found.on).text, day(found.since).text
    yield {
        "en": f"Waiting on {on.en}; decided from {since.en} to {on.en}.",
        "fr": f"En attente le {on.fr}; réglées du {since.fr} au {on.fr}.",
    }[language]
    yield ""
    told = standards_as_data(found, language)
    rows = [
        [part["month"] if by == "month" else part["name"], *_cells(part, language)]
        for part in told[PARTS[by]]
    ]
    if by != "month":
        rows.append([ALL[language], *_cells(told, language)])
    yield from table(heads_of(by, _MEASURES, language), rows)


def heads_of(by: str, measures: Iterable[Text], language: Language) -> list[str]:
    """Return the heads of a table's columns."""
    return [_HEADS[by][language], *(head[language] for head in measures)]


def _cells(part: dict[str, dict[str, int | float | None]], language: Language) -> Iterator[str]:
    for measure, whole in (("waiting", "inventory"), ("decided", "count")):
        told = part[measure]
        yield number(int(told[whole] or 0), language)
        yield number(int(told["within"] or 0), language)
        yield percent(told["share"], language)
        yield number(int(told["without_standard"] or 0), language)


def _write_files(figure: "Figure") -> None:
    from parvis.readers.standards.behind import COLUMNS, all_behind  # noqa: PLC0415

    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for file in all_behind(figure):
        writer.writerow(file.columns)

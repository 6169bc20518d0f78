"""`parvis backlog`: what waits and what waits too long, on any day; and what is to be expected."""

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, get_args

import click

from parvis.jobs.cli.days import Day, told_days_only
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.standards import PARTS, check_program, heads_of
from parvis.jobs.cli.tables import ALL, number, percent, table
from parvis.lib import clock
from parvis.lib.dates import day
from parvis.lib.text import Language, Text

if TYPE_CHECKING:
    from parvis.readers.standards.ahead import Ahead, Outlooks
    from parvis.readers.standards.standing import Survey

_COLUMNS = {
    "inventory": Text(en="Inventory", fr="Inventaire"),
    "within": Text(en="within", fr="dans la norme"),
    "backlog": Text(en="backlog", fr="arriéré"),
    "without_standard": Text(en="no standard", fr="sans norme"),
}
_AHEAD = (
    Text(en="In days", fr="Dans (jours)"),
    Text(en="on", fr="le"),
    Text(en="expected", fr="prévu"),
    Text(en="8 of 10: from", fr="8 sur 10 : de"),
    Text(en="to", fr="à"),
    Text(en="off before by", fr="écart passé"),
    Text(en="no change", fr="sans changement"),
    Text(en="last year’s", fr="an passé"),
    Text(en="in range", fr="dans l’intervalle"),
)
_WHAT = {
    "waiting": Text(en="All applications that wait", fr="Toutes les demandes en attente"),
    "backlog": Text(en="Backlog: beyond their standard", fr="Arriéré : au-delà de leur norme"),
}
_TOO_FEW = Text(
    en="{} days are known; a forecast so far ahead takes {}.",
    fr="{} jours sont connus; une prévision à cette échéance en demande {}.",
)


@click.command()
@click.option("--on", type=Day(), help="The day, such as 2023-11-30; today if not told.")
@click.option("--forecast", is_flag=True, help="What is expected in 30, 91 and 182 days.")
@click.option("--program", callback=check_program, help="One program alone, by its code.")
@click.option("--office", help="One office alone, by its code.")
@click.option("--by", type=click.Choice(list(PARTS)), default="program", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: all splits.")
@click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True
)
def backlog(  # noqa: PLR0913 - each is an option
    *,
    on: date | None,
    forecast: bool,
    program: str | None,
    office: str | None,
    by: str,
    as_json: bool,
    language: Language,
) -> None:
    """Tell how many applications wait, and how many wait beyond their service standard.

    The inventory was received and is not closed at the end of the day: a part is within its
    standard, the rest is the backlog. Files without a standard are counted apart. A forecast says
    how good such forecasts were before.

    `parvis standards --files inventory` or `late` lists the files. Exit code 1 where nothing is
    known of the day, 2 where it is no day.
    """
    if forecast and (on or program or office):
        raise click.UsageError("a forecast is of all files and begins today; leave out the rest")
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.readers.standards.ahead import forecast_as_data, outlooks  # noqa: PLC0415
    from parvis.readers.standards.data import backlog_as_data  # noqa: PLC0415
    from parvis.readers.standards.standing import survey, today  # noqa: PLC0415

    with told_days_only(language):
        if forecast:
            ahead = outlooks()
            told, lines = forecast_as_data(ahead, language), _outlook(ahead, language)
        else:
            now = clock.now()
            found = survey(on or today(now), now=now, program=program, office=office)
            told, lines = backlog_as_data(found, language), _paper(found, by, language)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines))


def _paper(found: "Survey", by: str, language: Language) -> Iterator[str]:
    from parvis.readers.standards.data import backlog_as_data  # noqa: PLC0415

    on = day(found.on).text
    yield Text(en=f"At the end of {on.en}.", fr=f"À la fin du {on.fr}.")[language]
    yield ""
    told = backlog_as_data(found, language)
    rows = [
        [part["month"] if by == "month" else part["name"], *_cells(part, language)]
        for part in told[PARTS[by]]
    ]
    if by != "month":
        rows.append([ALL[language], *_cells(told, language)])
    yield from table(heads_of(by, _COLUMNS.values(), language), rows)


def _cells(part: dict[str, int], language: Language) -> Iterator[str]:
    return (number(part[name], language) for name in _COLUMNS)


def _outlook(ahead: "Outlooks", language: Language) -> Iterator[str]:
    last = day(ahead.last_on).text
    yield Text(
        en=f"From what was known at the end of {last.en}.",
        fr=f"D’après ce qui était connu à la fin du {last.fr}.",
    )[language]
    for measure, what in _WHAT.items():
        parts: tuple[Ahead, ...] = getattr(ahead.whole, measure)
        yield ""
        yield f"{what[language]} ({number(parts[0].level, language)})"
        yield from table(
            [head[language] for head in _AHEAD],
            (
                [str(one.days), *_expected(one, language)]
                for one in parts
                if one.expected is not None
            ),
        )
        for one in parts:
            if one.needed_days is not None:
                known, needed = number(one.known_days, language), number(one.needed_days, language)
                yield f"{one.days}: {_TOO_FEW[language].format(known, needed)}"


def _expected(one: "Ahead", language: Language) -> Iterator[str]:
    yield one.on.isoformat()
    for count in (one.expected, one.low, one.high):
        yield number(count or 0, language)
    if one.record is None:
        yield from ("–",) * 4
        return
    for error in (one.record.error, one.record.last_value_error, one.record.seasonal_error):
        yield number(round(error), language)
    yield percent(one.record.inside, language)

"""`parvis support`: what the support centre received and answered."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, get_args

import click
import orjson

from parvis.jobs.cli import Refused
from parvis.jobs.cli.days import Day
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.tables import ALL, number, percent, table
from parvis.lib.dates import day
from parvis.lib.text import Language, Text

if TYPE_CHECKING:
    from parvis.readers.support.figures import Count, Figures

PARTS = ("channel", "line", "topic", "language", "day")
_EARLIEST_YEAR = 1900
_HEADS = (
    Text(en="Received", fr="Reçues"),
    Text(en="Answered", fr="Avec réponse"),
    Text(en="Avoided", fr="Évitées"),
    Text(en="Calls", fr="Appels"),
    Text(en="answered", fr="avec réponse"),
    Text(en="share", fr="part"),
    Text(en="Asked if it helped", fr="Interrogées"),
    Text(en="replied", fr="ont répondu"),
    Text(en="satisfied", fr="satisfaites"),
)


@click.group()
def support() -> None:
    """Tell what the support centre received and answered, and count it."""


@support.command()
@click.option("--from", "first", type=Day(), required=True, help="The first day: 2023-01-01.")
@click.option("--to", "last", type=Day(), required=True, help="The last day: 2023-12-31.")
@click.option(
    "--compare",
    metavar="YEAR",
    help="Beside the same days of another year, such as 2022; `year` is the year before.",
)
@click.option("--line", metavar="CODE", help="One line alone, and since its opening.")
@click.option("--by", type=click.Choice(PARTS), default="channel", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: all splits, shares from 0 to 1.")
@click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True
)
def figures(  # noqa: PLR0913 - each is an option
    *,
    first: date,
    last: date,
    compare: str | None,
    line: str | None,
    by: str,
    as_json: bool,
    language: Language,
) -> None:
    """Tell what was received and answered from one day to another, by every way.

    A call counts on the day on which it came. What was written counts as received when it came and
    as answered when it was first answered. What was learned later is counted when it happened.

    Exit code 1 where nothing is known of these days, 2 where they are none.
    """
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.readers.support.data import as_data  # noqa: PLC0415
    from parvis.readers.support.figures import (  # noqa: PLC0415
        NOT_COUNTED,
        NotTold,
        support_figures,
    )

    try:
        found = support_figures(first, last, before=_before(compare, first, last), line=line)
    except NotTold as refused:
        hint = "; run parvis support refresh" if refused.reason is NOT_COUNTED else ""
        raise Refused(refused.reason[language].rstrip(".") + hint) from None
    if as_json:
        click.echo(orjson.dumps(as_data(found), option=orjson.OPT_INDENT_2))
        return
    for told in _paper(found, by, language):
        click.echo(told)


@support.command()
@click.option("--anew", is_flag=True, help="Forget what was counted, and count everything again.")
def refresh(*, anew: bool) -> None:
    """Count what was told since the last counting. Workers do it every five minutes."""
    open_house()
    from parvis.jobs.figures import count_support_now  # noqa: PLC0415

    count_support_now(all_anew=anew)


def _before(compare: str | None, first: date, last: date) -> tuple[date, date] | None:
    from parvis.readers.support.figures import same_days_of, year_before  # noqa: PLC0415

    if compare is None:
        return None
    if compare == "year":
        return year_before(first, last)
    year = int(compare) if compare.isascii() and compare.isdigit() else 0
    if not _EARLIEST_YEAR <= year < first.year:
        raise click.BadParameter(
            f"{compare!r} is no year before {first.year}; say it like {first.year - 1}, or `year`",
            param_hint="--compare",
        )
    return same_days_of(year, first, last)


def _paper(found: "Figures", by: str, language: Language) -> Iterator[str]:
    first, last = day(found.first).text[language], day(found.last).text[language]
    whole, calls = found.whole, percent(found.whole.answer_rate, language)
    told: dict[Language, str] = {
        "en": f"From {first} to {last}: {_n(whole.received, 'en')} received,"
        f" {_n(whole.answered, 'en')} answered.",
        "fr": f"Du {first} au {last} : {_n(whole.received, 'fr')} reçues,"
        f" {_n(whole.answered, 'fr')} avec réponse.",
    }
    yield told[language]
    if found.before is not None and found.change is not None:
        before, share = _n(found.before.answered, language), percent(found.change_share, language)
        more = ("+" if found.change > 0 else "") + _n(found.change, language)
        yield {
            "en": f"Answered before: {before}; change: {more} ({share}).",
            "fr": f"Avec réponse auparavant : {before}; écart : {more} ({share}).",
        }[language]
    if whole.calls:
        came, took = _n(whole.calls, language), _n(whole.calls_answered, language)
        yield {
            "en": f"Calls: {came} came, {took} were answered ({calls}).",
            "fr": f"Appels : {came} reçus, {took} avec réponse ({calls}).",
        }[language]
    if found.opening is not None:
        since = day(found.opening.first).text[language]
        got = _n(found.opening.count.answered, language)
        yield {
            "en": f"Since {since}, its first day: {got} answered.",
            "fr": f"Depuis le {since}, son premier jour : {got} avec réponse.",
        }[language]
    if whole.rating_asked:
        asked, said = _n(whole.rating_asked, language), _n(whole.rated, language)
        share = percent(whole.satisfied_share, language)
        yield {
            "en": f"Asked whether it helped: {asked}; {said} replied, {share} of them satisfied.",
            "fr": f"Interrogées à la fin : {asked}; {said} ont répondu, dont {share} satisfaites.",
        }[language]
    yield ""
    rows = [[name, *_cells(one, language)] for name, one in _parts(found, by)]
    yield from table(
        [by, *(head[language] for head in _HEADS)],
        [*rows, [ALL[language], *_cells(whole, language)]],
    )


def _parts(found: "Figures", by: str) -> Iterable[tuple[str, "Count"]]:
    from parvis.readers.support.figures import every_day  # noqa: PLC0415

    if by == "day":
        return [(on.isoformat(), one) for on, one in every_day(found)]
    parts: dict[str, Count] = getattr(found, f"{by}s")
    return [(code or "–", one) for code, one in parts.items()]


def _cells(one: "Count", language: Language) -> list[str]:
    counts = (one.received, one.answered, one.avoided, one.calls, one.calls_answered)
    rated = (one.rating_asked, one.rated)
    return [
        *(_n(count, language) for count in counts),
        percent(one.answer_rate, language),
        *(_n(count, language) for count in rated),
        percent(one.satisfied_share, language),
    ]


_n: Callable[[int, Language], str] = number

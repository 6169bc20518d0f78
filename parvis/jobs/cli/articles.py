"""`parvis articles`: list what agents know and say, and check it."""

import json
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import click

from parvis.lib import clock
from parvis.lib.dates import department_day
from parvis.programs import kept
from parvis.programs.articles.loader import (
    SHIPPED,
    all_articles,
    checked_article,
    own_folder,
    twice,
)
from parvis.programs.articles.schema import Article
from parvis.programs.mistakes import ProgramRefused

_CENTURY = 36_500
_DUE = click.option(
    "--due",
    metavar="DAYS",
    type=click.IntRange(0, _CENTURY),
    help="Those whose review is due within so many days, or was due before.",
)


@click.group()
def articles() -> None:
    """List the articles and replies of agents, and check their files."""


@articles.command("list")
@_DUE
@click.option("--json", "as_json", is_flag=True, help="Print JSON, in both languages.")
def list_(*, due: int | None, as_json: bool) -> None:
    """List the articles, those whose review is due first: code, day, owner, title."""
    today = _today()
    known = [one for one in all_articles().values() if due is None or _is_due(one, today, due)]
    if as_json:
        told = [one.model_dump(mode="json") | {"late": one.is_past_review(today)} for one in known]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = [
        (
            one.code,
            f"{one.review_by}{' late' if one.is_past_review(today) else ''}",
            one.owner.mailbox or one.owner.unit.en,
            one.title.en,
            one.title.fr,
        )
        for one in known
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@articles.command()
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@_DUE
def check(*, file: Path | None, due: int | None) -> None:
    """Check an article's FILE, or all there are: every mistake with its line and what to do.

    Exit code 1 for a mistake. That a review is overdue is told, and is none.
    """
    files = [file] if file else [*kept.files(SHIPPED), *kept.files(own_folder())]
    found, wrong = [], False
    for one in files:
        try:
            found.append((one, checked_article(one)))
        except ProgramRefused as refused:
            click.echo(str(refused), err=True)
            wrong = True
        except OSError as error:
            click.echo(f"{one}: it cannot be opened: {error.strerror}", err=True)
            wrong = True
    for mistake in twice(found):
        click.echo(str(mistake), err=True)
        wrong = True
    _warn((one for _, one in found), due or 0)
    if wrong:
        sys.exit(1)
    if file:
        title = found[0][1].title
        click.echo(f"{file} is an article: {title.en} / {title.fr} ({found[0][1].code}).")
    else:
        click.echo(f"{len(files)} articles hold; the house's own are in {own_folder()}.")


def _warn(found: Iterable[Article], days: int) -> None:
    """Tell whose review was due, or is within so many days."""
    today = _today()
    for one in sorted(found, key=lambda one: (one.review_by, one.code)):
        if _is_due(one, today, days):
            was = "was" if one.is_past_review(today) else "is"
            owner = one.owner.mailbox or one.owner.unit.en
            click.echo(f"{one.code}: its review {was} due on {one.review_by}; ask {owner}.")


def _is_due(one: Article, today: date, days: int) -> bool:
    """Tell whether a review was due before today or, with days to look ahead, is due by then."""
    return one.is_past_review(today) or (days > 0 and one.review_by <= today + timedelta(days))


def _today() -> date:
    return department_day(clock.now())

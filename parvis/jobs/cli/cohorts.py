"""`parvis cohorts`: to whom the new door is open, and how both doors fare."""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.tables import table
from parvis.lib import clock

if TYPE_CHECKING:
    from parvis.casework.cohorts.selectors import Fared
    from parvis.casework.cohorts.services import DayCounted

_PERCENT = click.FloatRange(0, 100, min_open=True)


@click.group()
def cohorts() -> None:
    """Open the new door to some clients first, to more, or close it; compare both doors."""


@cohorts.command("open")
@click.option("--percent", type=_PERCENT, help="A share of all clients, drawn.")
@click.option("--program", metavar="CODE", help="Everybody with an application in it.")
@click.option(
    "--clients",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with a client's number on each line.",
)
def open_(*, percent: float | None, program: str | None, clients: Path | None) -> None:
    """Open the new door; every other client is shown where the old one is."""
    if sum(one is not None for one in (percent, program, clients)) != 1:
        raise Refused("say to whom: --percent, --program or --clients")
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.cohorts.services import open_to  # noqa: PLC0415
    from parvis.casework.cohorts.status import CohortKind  # noqa: PLC0415
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415

    kind = (
        CohortKind.SHARE
        if percent is not None
        else CohortKind.PROGRAM
        if program is not None
        else CohortKind.LIST
    )
    try:
        cohort = open_to(
            kind=kind,
            share=None if percent is None else round(percent * 100),
            program=program,
            clients=[] if clients is None else _numbers(clients),
            by=None,
            at=clock.now(),
        )
    except ActRefused as refused:
        raise Refused(f"the door stays as it is: {refused.reason.en}") from None
    click.echo(f"Opening {cohort} is in force.", err=True)
    _say_who_is_in()


@cohorts.command("raise")
@click.argument("opening", type=int)
@click.option("--percent", type=_PERCENT, help="A greater share; who is in stays in.")
@click.option(
    "--clients",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="More clients, by a file with a number on each line.",
)
def raise_(*, opening: int, percent: float | None, clients: Path | None) -> None:
    """Open the door of OPENING to more clients."""
    if (percent is None) == (clients is None):
        raise Refused("say to how many: --percent or --clients")
    open_house()
    from parvis.casework.cohorts import services  # noqa: PLC0415
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415

    _check_there(opening)
    at = clock.now()
    try:
        if percent is not None:
            services.raise_to(cohort=opening, share=round(percent * 100), by=None, at=at)
        elif clients is not None:
            services.name_more(cohort=opening, clients=_numbers(clients), by=None, at=at)
    except ActRefused as refused:
        raise Refused(f"the door stays as it is: {refused.reason.en}") from None
    _say_who_is_in()


@cohorts.command()
@click.argument("opening", type=int)
def stop(*, opening: int) -> None:
    """Close the door to the clients of OPENING, from their next page on."""
    open_house()
    from parvis.casework.cohorts import services  # noqa: PLC0415

    _check_there(opening)
    services.stop(cohort=opening, by=None, at=clock.now())
    _say_who_is_in()


@cohorts.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def list_(*, as_json: bool) -> None:
    """List every opening, with how many clients are of it."""
    open_house()
    from parvis.casework.cohorts.selectors import cohorts as every  # noqa: PLC0415

    found = every()
    if as_json:
        told = [
            {
                "id": one.id,
                "to": one.kind,
                "percent": None if one.share is None else one.share / 100,
                "program": one.program,
                "clients": one.clients,
                "opened_at": one.opened_at.isoformat(),
                "stopped_at": one.stopped_at and one.stopped_at.isoformat(),
            }
            for one in found
        ]
        click.echo(json.dumps(told, indent=2))
        return
    for one in found:
        to = f"{one.share / 100:g} %" if one.share else one.program or "a list"
        state = "stopped" if one.stopped_at else "open"
        click.echo(f"{one.id}  {state:7}  {to}  {one.clients} clients")
    _say_who_is_in()


@cohorts.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def count(*, file: Path) -> None:
    """Read what another system counted: a table with door, day and figures.

    Columns: door (new or old), day, and any of sign_ins, tasks, enquiries, ratings, easy. What the
    new door counts by itself is added to, so tell of it no more than enquiries.
    """
    open_house()
    from parvis.casework.cohorts.services import count_days  # noqa: PLC0415

    days = _days(file)
    count_days(days=days, by=None, at=clock.now())
    click.echo(f"{len(days)} days are counted.", err=True)


@cohorts.command()
@click.option("--weeks", type=click.IntRange(1, 520), default=13, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def figures(*, weeks: int, as_json: bool) -> None:
    """Tell how both doors fared, week by week, side by side."""
    open_house()
    from django.conf import settings  # noqa: PLC0415

    from parvis.casework.cohorts import selectors  # noqa: PLC0415

    now = clock.now()
    zone = ZoneInfo(settings.TIME_ZONE)
    found = selectors.weeks(since=now - timedelta(weeks=weeks), until=now, zone=zone)
    opening = selectors.opening()
    if as_json:
        told = {
            "clients": opening.clients,
            "inside": opening.inside,
            "open_to_everybody": opening.everybody,
            "weeks": [
                {"week": one.first.isoformat(), "new": _told(one.new), "old": _told(one.old)}
                for one in found
            ],
        }
        click.echo(json.dumps(told, indent=2))
        return
    heads = ("week", *(f"{door} {name}" for door in ("new", "old") for name in _NAMES))
    rows = ((one.first.isoformat(), *_cells(one.new), *_cells(one.old)) for one in found)
    for line in table(heads, rows):
        click.echo(line)
    _say_who_is_in()


_NAMES = ("sign-ins", "tasks", "enquiries", "easy")


def _told(one: "Fared") -> dict[str, int | float | None]:
    names = ("sign_ins", "tasks", "enquiries", "ratings", "easy")
    return dict(zip(names, one.numbers, strict=True)) | {"satisfied": one.satisfied}


def _cells(one: "Fared") -> tuple[str, ...]:
    counts = ("–" if number is None else str(number) for number in one.numbers[:3])
    return (*counts, "–" if one.satisfied is None else f"{one.satisfied:.0%}")


def _say_who_is_in() -> None:
    from parvis.casework.cohorts.selectors import opening  # noqa: PLC0415

    now = opening()
    told = "everybody" if now.everybody else f"{now.inside} of {now.clients} clients"
    click.echo(f"The new door is open to {told}.", err=True)


def _check_there(opening: int) -> None:
    from parvis.casework.cohorts.selectors import cohorts as every  # noqa: PLC0415

    if opening not in {one.id for one in every()}:
        raise Refused(f"there is no opening {opening}; parvis cohorts list names them")


def _numbers(file: Path) -> list[int]:
    lines = [line.strip() for line in file.read_text().splitlines() if line.strip()]
    for nth, line in enumerate(lines, 1):
        if not (line.isascii() and line.isdigit() and len(line) < 19):  # noqa: PLR2004 - bigint
            raise Refused(f"{file}, line {nth}: {line!r} is no client's number")
    return [int(line) for line in lines]


def _days(file: Path) -> "list[DayCounted]":
    from parvis.casework.cohorts.services import FIGURES, DayCounted  # noqa: PLC0415
    from parvis.casework.cohorts.status import Door  # noqa: PLC0415

    days = []
    with file.open(newline="") as lines:
        for nth, row in enumerate(csv.DictReader(lines), 2):
            told = {name: (row.get(name) or "").strip() for name in ("door", "day", *FIGURES)}
            try:
                figures = {name: int(told[name]) for name in FIGURES if told[name]}
                day = DayCounted(Door(told["door"]), date.fromisoformat(told["day"]), {**figures})
            except ValueError as error:
                raise Refused(f"{file}, line {nth}: {error}") from None
            if min(figures.values(), default=-1) < 0:
                raise Refused(f"{file}, line {nth}: it has no figures, or some below 0")
            if figures.get("easy", 0) > figures.get("ratings", 0):
                raise Refused(f"{file}, line {nth}: more were easy than were rated")
            days.append(day)
    if not days:
        raise Refused(f"{file} has no days; its columns are door, day and figures")
    return days

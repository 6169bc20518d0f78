"""`parvis lines`: open lines of the support centre, look at them, staff and close them."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.line_archive import archived, echo_archive
from parvis.lib import clock
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.support_lines.loader import (
    UnknownModel,
    load_line,
    load_template,
    model,
    terms_like,
)
from parvis.programs.support_lines.schema import LineFile, Manner, Terms

if TYPE_CHECKING:
    from parvis.casework.lines.selectors import KnownLine
    from parvis.casework.people.models import User


@click.group()
def lines() -> None:
    """Open lines of the support centre, look at them, staff and close them."""


@lines.command("open")
@click.argument("code")
@click.option(
    "--like",
    required=True,
    metavar="TEMPLATE",
    help="A template (crisis), a line of every house (general, parliamentary), or a YAML file.",
)
@click.option("--name-en", help="What it is called in English.")
@click.option("--name-fr", help="What it is called in French.")
@click.option("--email", help="The address at which mail to it arrives.")
@click.option("--phone", help="Its number, with the country code.")
@click.option("--web-form/--no-web-form", default=None, help="Whether the web form leads to it.")
@click.option("--shown-in", multiple=True, metavar="ZONE", help="Where its callers are, too.")
def open_(*, code: str, like: str, **said: Any) -> None:
    """Open a line CODE like a template, with its own names and ways to reach it."""
    terms = _terms(_model(like), **said)
    _open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.lines.services import open_line  # noqa: PLC0415
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415

    try:
        open_line(code=code, terms=terms, like=like, by=None, at=clock.now())
    except ActRefused as refused:
        raise Refused(f"the line is not opened: {refused.reason.en}") from None
    click.echo(f"The line {code} is open: /en/lines/{code}/ and /fr/lines/{code}/.", err=True)
    click.echo(f"Say who answers there: parvis lines staff {code} --agent EMAIL --lend", err=True)


@lines.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def list_(*, as_json: bool) -> None:
    """List every line: those that take contacts first, then the archive."""
    _open_house()
    from parvis.casework.lines import selectors  # noqa: PLC0415

    now = clock.now()
    found = selectors.lines()
    if as_json:
        click.echo(json.dumps([_as_data(one) for one in found], ensure_ascii=False, indent=2))
        return
    rows = [
        (
            one.code,
            "archived" if one.closed_at else "open" if one.is_open_at(now) else "closed now",
            f"{len(selectors.agents_of(one))} agents",
            one.terms.name.en,
        )
        for one in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@lines.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def show(*, code: str, as_json: bool) -> None:
    """Show a line: its hours, how it is reached, what it promises, who answers."""
    found = _line(code)
    if as_json:
        click.echo(json.dumps(_as_data(found), ensure_ascii=False, indent=2))
        return
    from parvis.casework.lines.selectors import agents_of, promise_of  # noqa: PLC0415

    now, terms = clock.now(), found.terms
    zone = terms.time_zone
    told = {
        "name": f"{terms.name.en} / {terms.name.fr}",
        "opened": f"{found.opened_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "closed": found.closed_at and f"{found.closed_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "hours": "; ".join(f"{day} {', '.join(those)}" for day, those in terms.hours.items()),
        "time zone": zone.key,
        "holidays": _holidays(found),
        "e-mail": terms.channels.email,
        "phone": terms.channels.phone,
        "web form": "yes" if terms.channels.web_form else None,
        "languages": ", ".join(terms.languages),
        "promises": f"{terms.targets.share:.0%} within {terms.targets.open_hours:g} open hours",
        "due now": None
        if found.closed_at
        else f"{promise_of(found, now).astimezone(zone):%Y-%m-%d %H:%M}",
        "head start": f"{terms.head_start_minutes} minutes",
        "agents": ", ".join(
            f"{one.email}{' (lent)' if one.lent else ''}" for one in agents_of(found)
        ),
    }
    for name, value in told.items():
        if value:
            click.echo(f"{name:<10}  {value}")
    if found.closed_at:
        echo_archive(found)


@lines.command()
@click.argument("code")
def close(*, code: str) -> None:
    """Close the line CODE into the archive: it stays to be read and takes nothing new."""
    _line(code)
    from parvis.casework.lines.services import close_line  # noqa: PLC0415
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415

    try:
        close_line(line=code, by=None, at=clock.now())
    except ActRefused as refused:
        raise Refused(f"the line is not closed: {refused.reason.en}") from None
    click.echo(f"The line {code} is closed; who was lent to it is back.", err=True)


@lines.command()
@click.argument("code")
@click.option("--agent", "email", required=True, metavar="EMAIL", help="Who answers there.")
@click.option("--lend", is_flag=True, help="Lend them: they answer there alone until they return.")
@click.option("--return", "back", is_flag=True, help="Have them leave, or return to their own.")
@click.option("--languages", help="In which languages they answer, like en,fr.")
@click.option("--skills", help="What they know, like parliament.")
@click.option("--capacity", type=click.IntRange(1, 50), default=3, show_default=True)
def staff(  # noqa: PLR0913 - the options of one command
    *,
    code: str,
    email: str,
    lend: bool,
    back: bool,
    languages: str | None,
    skills: str | None,
    capacity: int,
) -> None:
    """Have somebody answer on the line CODE, lend them to it, or have them return."""
    if lend and back:
        raise Refused("say one of the two: --lend or --return")
    _line(code)
    from parvis.casework.lines import services  # noqa: PLC0415
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415

    user, now = _user(email), clock.now()
    act = services.return_agent if back else services.lend_agent if lend else services.place_agent
    try:
        if languages is not None:
            services.describe_agent(
                user=user,
                languages=_parts(languages),
                skills=_parts(skills or ""),
                capacity=capacity,
                by=None,
                at=now,
            )
        act(line=code, user=user, by=None, at=now)
    except ActRefused as refused:
        hint = " (--languages en,fr)" if "languages" in refused.reason.en else ""
        raise Refused(f"nothing was changed: {refused.reason.en}{hint}") from None
    told = "has left" if back else "is lent to" if lend else "answers on"
    click.echo(f"{user.email} {told} the line {code}.", err=True)


@lines.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(*, file: Path) -> None:
    """Check the FILE of a line or a template: every mistake with its line, field and what to do."""
    try:
        found = _from_file(file)
    except ProgramRefused as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    what = "a line" if isinstance(found, LineFile) else "a template for lines"
    click.echo(f"{file} is {what}.", err=True)
    hours = found.opening_hours()
    if hours.known_until is not None and not hours.is_known(clock.now().date()):
        click.echo(
            f"Its holidays are known until {hours.known_until} only: since then every day counts as"
            " in any week.",
            err=True,
        )


def _open_house() -> None:
    open_house()
    from parvis.casework.lines.services import open_shipped_lines  # noqa: PLC0415

    open_shipped_lines(at=clock.now())


def _from_file(file: Path) -> Manner:
    """Return the line, or the template, that a file holds: a line has names."""
    try:
        return load_line(file)
    except ProgramRefused as refused:
        if {error.field for error in refused.errors} & {"name"}:
            return load_template(file)
        raise


def _model(like: str) -> Manner:
    try:
        return _from_file(Path(like)) if like.endswith((".yaml", ".yml")) else model(like)
    except UnknownModel as unknown:
        raise Refused(str(unknown)) from None
    except ProgramRefused as refused:
        raise Refused(f"nothing is opened like it:\n{refused}") from None


def _terms(  # noqa: PLR0913 - what a command said
    like: Manner,
    *,
    name_en: str | None,
    name_fr: str | None,
    email: str | None,
    phone: str | None,
    web_form: bool | None,
    shown_in: tuple[str, ...],
) -> Terms:
    from pydantic import ValidationError  # noqa: PLC0415 - not before a line is opened

    from parvis.programs.mistakes import place_of, told  # noqa: PLC0415

    if not (name_en and name_fr):
        raise Refused("a line has a name in both languages: give --name-en and --name-fr")
    reached = {"email": email, "phone": phone, "web_form": web_form}
    said: dict[str, Any] = {
        "name": {"en": name_en, "fr": name_fr},
        "channels": {name: one for name, one in reached.items() if one is not None},
    }
    if shown_in:
        said["shown_in"] = list(shown_in)
    try:
        return terms_like(like, said)
    except ValidationError as refused:
        wrong = [
            ": ".join(filter(None, (".".join(map(str, place_of(error))), told(error))))
            for error in refused.errors(include_url=False)
        ]
        raise Refused(f"the line is not opened: {'; '.join(wrong)}") from None


def _line(code: str) -> "KnownLine":
    _open_house()
    from parvis.casework.lines import selectors  # noqa: PLC0415

    try:
        return selectors.line(code)
    except selectors.UnknownLine as unknown:
        raise Refused(str(unknown)) from None


def _user(email: str) -> "User":
    from parvis.casework.people.selectors import user_by_email  # noqa: PLC0415

    user = user_by_email(email)
    if user is None:
        raise Refused(f"nobody signs in as {email}; parvis users add {email} --role agent")
    return user


def _holidays(line: "KnownLine") -> str | None:
    calendar, until = line.terms.holidays, line.hours.known_until
    return None if calendar is None else f"{calendar}, known until {until}"


def _as_data(line: "KnownLine") -> dict[str, Any]:
    from parvis.casework.lines.selectors import agents_of  # noqa: PLC0415

    now = clock.now()
    return {
        "code": line.code,
        "open_now": line.is_open_at(now),
        "opened_at": line.opened_at.isoformat(),
        "closed_at": line.closed_at and line.closed_at.isoformat(),
        "holidays_known_until": line.hours.known_until and line.hours.known_until.isoformat(),
        "agents": [
            {"email": one.email, "languages": one.languages, "lent": one.lent is not None}
            for one in agents_of(line)
        ],
        **line.terms.as_data(),
        "archive": archived(line) if line.closed_at else None,
    }


def _parts(said: str) -> list[str]:
    return [one.strip() for one in said.split(",") if one.strip()]

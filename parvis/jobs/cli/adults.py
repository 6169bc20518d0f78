"""`parvis adults`: who is on an application besides the client who made it."""

import json
from typing import TYPE_CHECKING

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.one_file import the_file
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language

if TYPE_CHECKING:
    from parvis.casework.people.models import Client, User

_PROGRAM = click.option("--program", metavar="CODE", help="Where several programs number alike.")
_BY = "command:adults"


@click.group()
def adults() -> None:
    """Put adults on an application, or take them off: each sees it, and consents for themselves."""


@adults.command()
@click.argument("number")
@click.argument("email")
@click.option("--name", help="What they are called, if they are no client yet.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@_PROGRAM
def add(
    *, number: str, email: str, name: str | None, language: Language, program: str | None
) -> None:
    """Put who signs in with EMAIL on the application NUMBER, as another adult.

    A mandate that its client gave is in force there again once this adult gave the same.
    """
    open_house()
    # Django's models can be imported only once the house is open.
    from django.db import transaction  # noqa: PLC0415

    from parvis.casework.applications.services import add_adult  # noqa: PLC0415
    from parvis.casework.people.policies import Act, ActRefused  # noqa: PLC0415
    from parvis.casework.people.selectors import client_of, user_by_email  # noqa: PLC0415

    file = the_file(number, program, act=Act.MANAGE_PEOPLE, at=clock.now())
    user = user_by_email(email)
    if user is None:
        raise Refused(f"nobody signs in with {email}; they open an account first")
    try:
        with transaction.atomic():
            adult = client_of(user) or _registered(user, name, language)
            add_adult(application=file.id, client=adult.id, by=_BY, at=clock.now())
    except ActRefused as refused:
        raise Refused(f"{email} was not put on {number}: {refused}") from None
    click.echo(f"{user.email} is on {file.number} now.", err=True)


@adults.command()
@click.argument("number")
@click.argument("email")
@_PROGRAM
def remove(*, number: str, email: str, program: str | None) -> None:
    """Take who signs in with EMAIL off the application NUMBER: they see it no more, at once.

    A mandate that its client gave is in force there without this adult's.
    """
    open_house()
    from parvis.casework.applications.services import remove_adult  # noqa: PLC0415
    from parvis.casework.people.policies import Act, ActRefused  # noqa: PLC0415
    from parvis.casework.people.selectors import client_of, user_by_email  # noqa: PLC0415

    file = the_file(number, program, act=Act.MANAGE_PEOPLE, at=clock.now())
    user = user_by_email(email)
    adult = user and client_of(user)
    if adult is None:
        raise Refused(f"no client signs in with {email}; `parvis adults list` tells who is on it")
    try:
        remove_adult(application=file.id, client=adult.id, by=_BY, at=clock.now())
    except ActRefused as refused:
        raise Refused(f"{email} was not taken off {number}: {refused}") from None
    click.echo(f"{email} is on {file.number} no more.", err=True)


@adults.command("list")
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
@_PROGRAM
def list_(*, number: str, as_json: bool, program: str | None) -> None:
    """List who is on the application NUMBER besides its client."""
    open_house()
    from parvis.casework.applications.selectors import adults_on  # noqa: PLC0415
    from parvis.casework.people.policies import Act  # noqa: PLC0415
    from parvis.casework.people.selectors import client_record  # noqa: PLC0415

    file = the_file(number, program, act=Act.SEE, at=clock.now())
    found = [client_record(one) for one in adults_on(file.id)]
    told = [{"name": one.name, "email": one.email} for one in found if one is not None]
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for one in told:
        click.echo(f"{one['name']} <{one['email']}>" if one["email"] else one["name"])
    if not told:
        click.echo("Nobody is on it besides its client.", err=True)


def _registered(user: "User", name: str | None, language: Language) -> "Client":
    from parvis.casework.people.services import register_client  # noqa: PLC0415

    if not name or not name.strip():
        raise Refused(f"{user.email} is no client yet; say what they are called: --name NAME")
    return register_client(
        name=" ".join(name.split()), language=language, user=user, by=_BY, at=clock.now()
    )

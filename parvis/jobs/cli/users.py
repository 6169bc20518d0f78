"""`parvis users`: who may sign in."""

import json
import sys

import click

from parvis.casework.people.roles import Role
from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.lib import clock


@click.group()
def users() -> None:
    """Add somebody who may sign in, or list them."""


@users.command()
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([one.value for one in Role if one is not Role.SYSTEM]),
    default=Role.PERSON.value,
    show_default=True,
    help="What they sign in as.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(*, email: str, role: str, password_stdin: bool) -> None:
    """Let somebody sign in with this EMAIL and a password, which is asked for."""
    password = (
        sys.stdin.readline().rstrip("\r\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    )
    if not password:
        raise Refused("the password is empty; give one on the first line of standard input")
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.people.services import UserRefused, add_user  # noqa: PLC0415

    try:
        user = add_user(email=email, password=password, role=Role(role), at=clock.now())
    except UserRefused as refused:
        raise Refused(f"{email} was not added: {refused}") from None
    click.echo(f"{user.email} may sign in now, as {user.role}.", err=True)


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def list_(*, as_json: bool) -> None:
    """List who may sign in."""
    open_house()
    from parvis.casework.people.selectors import users as everybody  # noqa: PLC0415

    found = everybody()
    if as_json:
        told = [
            {
                "email": user.email,
                "role": user.role,
                "active": user.is_active,
                "joined_at": user.joined_at.isoformat(),
            }
            for user in found
        ]
        click.echo(json.dumps(told, indent=2))
        return
    width = max((len(user.email) for user in found), default=0)
    for user in found:
        closed = "" if user.is_active else "  (may not sign in)"
        click.echo(f"{user.email:{width}}  {user.role:20}  {user.joined_at:%Y-%m-%d}{closed}")
    if not found:
        click.echo("Nobody may sign in yet: parvis users add EMAIL", err=True)

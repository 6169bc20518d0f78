"""`parvis firms`: who holds clients' mandates together."""

import json

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.lib import clock

_MEMBER = click.option(
    "--member", "members", multiple=True, metavar="EMAIL", help="Somebody who signs in so."
)


@click.group()
def firms() -> None:
    """Add a firm and who is of it, list firms, or let somebody leave."""


@firms.command()
@click.argument("name")
@_MEMBER
def add(*, name: str, members: tuple[str, ...]) -> None:
    """Open the firm NAME where there is none, and have people be of it."""
    open_house()
    # Django's models can be imported only once the house is open.
    from django.db import transaction  # noqa: PLC0415

    from parvis.casework.mandates.firms import FirmRefused, join_firm, open_firm  # noqa: PLC0415
    from parvis.casework.people.selectors import user_by_email  # noqa: PLC0415

    joining = [(email, user_by_email(email)) for email in members]
    if strangers := [email for email, user in joining if user is None]:
        raise Refused(f"nobody signs in with {', '.join(strangers)}; add them by parvis users add")
    try:
        with transaction.atomic():
            firm = open_firm(name=name)
            for _, user in joining:
                if user is not None:
                    join_firm(firm=firm, user=user, at=clock.now())
    except FirmRefused as refused:
        raise Refused(f"the firm was not added: {refused}") from None
    click.echo(f"{firm.name} holds mandates now, with {len(members)} named.", err=True)


@firms.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def list_(*, as_json: bool) -> None:
    """List the firms and who is of them."""
    open_house()
    from parvis.casework.mandates.listing import firms as every_firm  # noqa: PLC0415

    found = every_firm()
    if as_json:
        told = [{"id": one.id, "name": one.name, "members": list(one.members)} for one in found]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.name}: {', '.join(one.members) or 'nobody'}")
    if not found:
        click.echo("There is no firm yet: parvis firms add NAME --member EMAIL", err=True)


@firms.command()
@click.argument("name")
@_MEMBER
def remove(*, name: str, members: tuple[str, ...]) -> None:
    """Let people leave the firm NAME, or all of them: they hold none of its mandates any more."""
    open_house()
    from django.db import transaction  # noqa: PLC0415

    from parvis.casework.mandates.firms import leave_firm  # noqa: PLC0415
    from parvis.casework.mandates.listing import firm_named  # noqa: PLC0415
    from parvis.casework.mandates.listing import firms as every_firm  # noqa: PLC0415
    from parvis.casework.people.selectors import user_by_email  # noqa: PLC0415

    firm = firm_named(name)
    if firm is None:
        raise Refused(f"there is no firm {name}; parvis firms list names them")
    now = {one.id: one.members for one in every_firm()}[firm.pk]
    leaving = tuple(email.strip().lower() for email in members) or now
    if strangers := sorted(set(leaving) - set(now)):
        raise Refused(f"not of {firm.name}: {', '.join(strangers)}")
    with transaction.atomic():
        for email in leaving:
            if (user := user_by_email(email)) is not None:
                leave_firm(firm=firm, user=user, at=clock.now())
    click.echo(f"{len(leaving)} left {firm.name}.", err=True)

"""`parvis keys`: the keys with which software comes to the API."""

import json
from datetime import timedelta

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.lib import clock

_DAYS = 90


@click.group()
def keys() -> None:
    """Make a key for software, list keys, or revoke one."""


@keys.command()
@click.argument("name")
@click.option("--system", metavar="CODE", help="For another system of the department.")
@click.option("--for", "email", metavar="EMAIL", help="For the software of who signs in so.")
@click.option("--act", "acts", multiple=True, metavar="ACT", help="What it is for [default: see].")
@click.option("--program", "programs", multiple=True, metavar="CODE", help="Its files alone.")
@click.option("--days", type=click.IntRange(1, 366), default=_DAYS, show_default=True)
def add(  # noqa: PLR0913 - each is an option
    *,
    name: str,
    system: str | None,
    email: str | None,
    acts: tuple[str, ...],
    programs: tuple[str, ...],
    days: int,
) -> None:
    """Make a key for the software NAME and print it: it is told this once."""
    if (system is None) == (email is None):
        raise Refused("say whose software it is: --system CODE or --for EMAIL")
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.keys import services  # noqa: PLC0415
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415
    from parvis.casework.people.selectors import user_by_email  # noqa: PLC0415

    at = clock.now()
    try:
        owner = services.system(code=system, at=at) if system else user_by_email(email or "")
        if owner is None:
            raise Refused(f"nobody signs in with {email}; add them by parvis users add")
        made = services.make_key(
            owner=owner,
            name=name,
            acts=acts or ("see",),
            programs=programs or None,
            expires_at=at + timedelta(days=days),
            by=None,
            at=at,
        )
    except ActRefused as refused:
        raise Refused(f"the key was not made: {refused.reason.en}") from None
    click.echo(made.secret)
    click.echo(f"Key {made.id} is good for {days} days. It is not told again.", err=True)


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def list_(*, as_json: bool) -> None:
    """List every key, those that open something first."""
    open_house()
    from parvis.casework.keys.selectors import all_keys  # noqa: PLC0415

    found = all_keys(now=clock.now())
    if as_json:
        told = [
            {
                "id": one.id,
                "name": one.name,
                "begins": one.hint,
                "owner": one.owner,
                "acts": one.acts,
                "programs": one.programs,
                "state": one.state,
                "made_at": one.made_at.isoformat(),
                "expires_at": one.expires_at.isoformat(),
                "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
                "last_used_at": one.last_used_at and one.last_used_at.isoformat(),
            }
            for one in found
        ]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for one in found:
        used = f"used {one.last_used_at:%Y-%m-%d}" if one.last_used_at else "never used"
        click.echo(
            f"{one.id}  {one.state:7}  {one.hint}  {one.owner}  {one.name}"
            f"  [{' '.join(one.acts)}]  to {one.expires_at:%Y-%m-%d}, {used}"
        )
    if not found:
        click.echo("There is no key yet: parvis keys add NAME --system CODE", err=True)


@keys.command()
@click.argument("key", type=int)
def revoke(*, key: int) -> None:
    """Revoke the key with this number (parvis keys list tells it), at once."""
    open_house()
    from parvis.casework.keys.selectors import all_keys  # noqa: PLC0415
    from parvis.casework.keys.services import revoke_key  # noqa: PLC0415

    if key not in {one.id for one in all_keys(now=clock.now())}:
        raise Refused(f"there is no key {key}; parvis keys list names them")
    revoke_key(key=key, by=None, at=clock.now())
    click.echo(f"Key {key} opens nothing any more.", err=True)

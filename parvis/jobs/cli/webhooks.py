"""`parvis webhooks`: what other software is told, as it happens."""

import json

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.lib import clock


@click.group()
def webhooks() -> None:
    """Have software told of facts, list webhooks, see what was delivered, send it again."""


@webhooks.command()
@click.argument("name")
@click.argument("url")
@click.option("--system", metavar="CODE", help="For another system of the department.")
@click.option("--for", "email", metavar="EMAIL", help="For the software of who signs in so.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="These facts alone.")
@click.option("--program", "programs", multiple=True, metavar="CODE", help="Its files alone.")
def add(  # noqa: PLR0913 - each is an option
    *,
    name: str,
    url: str,
    system: str | None,
    email: str | None,
    kinds: tuple[str, ...],
    programs: tuple[str, ...],
) -> None:
    """Have the software NAME told at URL, and print the secret that messages are signed with."""
    if (system is None) == (email is None):
        raise Refused("say whose software it is: --system CODE or --for EMAIL")
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.keys.services import system as account  # noqa: PLC0415
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415
    from parvis.casework.people.selectors import user_by_email  # noqa: PLC0415
    from parvis.casework.webhooks.services import subscribe  # noqa: PLC0415

    at = clock.now()
    try:
        owner = account(code=system, at=at) if system else user_by_email(email or "")
        if owner is None:
            raise Refused(f"nobody signs in with {email}; add them by parvis users add")
        told = subscribe(
            owner=owner,
            name=name,
            url=url,
            kinds=kinds or None,
            programs=programs or None,
            by=None,
            at=at,
        )
    except ActRefused as refused:
        raise Refused(f"the webhook was not made: {refused.reason.en}") from None
    click.echo(told.secret)
    click.echo(
        f"Webhook {told.id} tells {url} from now on. The secret is not told again.", err=True
    )


@webhooks.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def list_(*, as_json: bool) -> None:
    """List every webhook with how much was delivered."""
    open_house()
    from parvis.casework.webhooks.selectors import all_subscriptions  # noqa: PLC0415

    found = all_subscriptions()
    if as_json:
        told = [
            {
                "id": one.id,
                "name": one.name,
                "url": one.url,
                "owner": one.owner,
                "kinds": one.kinds,
                "programs": one.programs,
                "made_at": one.made_at.isoformat(),
                "stopped_at": one.stopped_at and one.stopped_at.isoformat(),
                "delivered": one.delivered,
                "waiting": one.waiting,
                "given_up": one.given_up,
            }
            for one in found
        ]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for one in found:
        state = "stopped" if one.stopped_at else "goes on"
        click.echo(
            f"{one.id}  {state}  {one.url}  {one.owner}  {one.name}:"
            f" {one.delivered} delivered, {one.waiting} waiting, {one.given_up} given up"
        )
    if not found:
        click.echo("There is no webhook yet: parvis webhooks add NAME URL --system CODE", err=True)


@webhooks.command()
@click.argument("webhook", type=int)
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def deliveries(*, webhook: int, most: int, as_json: bool) -> None:
    """Show what was delivered to WEBHOOK, the latest first."""
    open_house()
    from parvis.casework.webhooks.selectors import deliveries_of  # noqa: PLC0415

    _there(webhook)
    found = deliveries_of(webhook, most=most)
    if as_json:
        told = [
            {
                "id": one.id,
                "application": one.number,
                "fact": one.seq,
                "kind": one.kind,
                "state": one.state,
                "answer": one.answer or None,
                "tries": one.tries,
                "repeats": one.repeats,
                "last_tried_at": one.last_tried_at and one.last_tried_at.isoformat(),
                "due_at": one.due_at.isoformat() if one.ended_at is None else None,
            }
            for one in found
        ]
        click.echo(json.dumps(told, indent=2))
        return
    for one in found:
        click.echo(
            f"{one.id}  {one.number or '–'}/{one.seq}  {one.kind}  {one.state}"
            f"  {one.answer or '–'}  {one.tries} tries, {one.repeats} repeated"
        )


@webhooks.command()
@click.argument("delivery", type=int)
def again(*, delivery: int) -> None:
    """Send DELIVERY once more, under the same id."""
    open_house()
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415
    from parvis.casework.webhooks.selectors import subscription_of  # noqa: PLC0415
    from parvis.casework.webhooks.services import send_again  # noqa: PLC0415

    if subscription_of(delivery) is None:
        raise Refused(f"there is no delivery {delivery}; parvis webhooks deliveries names them")
    try:
        send_again(delivery=delivery, by=None, at=clock.now())
    except ActRefused as refused:
        raise Refused(f"it is not sent again: {refused.reason.en}") from None
    click.echo(f"Delivery {delivery} is sent again.", err=True)


@webhooks.command()
@click.argument("webhook", type=int)
def rotate(*, webhook: int) -> None:
    """Sign for WEBHOOK with another secret, and print it; the one before is good for a day."""
    open_house()
    from parvis.casework.people.policies import ActRefused  # noqa: PLC0415
    from parvis.casework.webhooks.services import rotate_secret  # noqa: PLC0415

    _there(webhook)
    try:
        told = rotate_secret(subscription=webhook, by=None, at=clock.now())
    except ActRefused as refused:
        raise Refused(f"the secret stays: {refused.reason.en}") from None
    click.echo(told.secret)


@webhooks.command()
@click.argument("webhook", type=int)
def stop(*, webhook: int) -> None:
    """Stop WEBHOOK at once; what waits is not sent."""
    open_house()
    from parvis.casework.webhooks.services import stop as stop_telling  # noqa: PLC0415

    _there(webhook)
    stop_telling(subscription=webhook, by=None, at=clock.now())
    click.echo(f"Webhook {webhook} tells nothing any more.", err=True)


def _there(webhook: int) -> None:
    from parvis.casework.webhooks.selectors import all_subscriptions  # noqa: PLC0415

    if webhook not in {one.id for one in all_subscriptions()}:
        raise Refused(f"there is no webhook {webhook}; parvis webhooks list names them")

"""`parvis notices`: what clients are told, for whoever runs the house."""

import json
from dataclasses import asdict

import click

from parvis.jobs.cli.house import open_house
from parvis.lib import clock

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")


@click.group()
def notices() -> None:
    """Count what clients were told, see what waits, try it now."""


@notices.command()
@_AS_JSON
def figures(*, as_json: bool) -> None:
    """Count notices sent, delivered, come back and opened, by program and language.

    Delivered is what was sent and has not come back: no server says more. Opened is what somebody
    signed in for by the address in a message.
    """
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.notices.figures import figures as count  # noqa: PLC0415
    from parvis.jobs.cli.tables import table  # noqa: PLC0415

    found = count()
    if as_json:
        click.echo(json.dumps(asdict(found), indent=2))
        return
    heads = ("Program", "Language", "Noted", "Sent", "Delivered", "Came back", "Opened")
    rows = [
        (one.program or "(mandates)", one.language, *_counts(asdict(one)))
        for one in found.by_program
    ]
    for line in table(heads, rows):
        click.echo(line)
    back = ", ".join(f"{count:,} {sort}" for sort, count in found.mails_back.items() if count)
    click.echo(
        f"{found.messages:,} messages went out; {found.repeats:,} times one may have gone twice."
        f" Mail that came back: {back or 'none'}."
    )


@notices.command()
@_AS_JSON
def pending(*, as_json: bool) -> None:
    """Tell what waits: notices, messages, how long, and people whom nothing reaches."""
    open_house()
    from parvis.casework.notices.selectors import counts  # noqa: PLC0415

    found = counts(clock.now())
    if as_json:
        click.echo(json.dumps(found, indent=2, default=str))
        return
    for name, value in found.items():
        click.echo(f"{name.replace('_', ' ')}: {'none' if value is None else value}")


@notices.command()
def retry() -> None:
    """Try now what waits for its next try; for when the mail server is back."""
    open_house()
    from parvis.casework.notices.sending import hurry, send_all  # noqa: PLC0415

    hurried = hurry(at=clock.now())
    sent = sum(send_all(urgent=urgent, now=clock.now) for urgent in (True, False))
    click.echo(f"{hurried:,} messages waited for a try; {sent:,} went out.", err=True)


def _counts(figure: dict[str, object]) -> list[str]:
    names = ("noted", "sent", "delivered", "returned", "opened")
    return [f"{figure[name]:,}" for name in names]

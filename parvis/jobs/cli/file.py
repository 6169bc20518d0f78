"""`parvis file`: take a whole file along for its client, and check one that was taken."""

import json
import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import get_args
from zoneinfo import ZoneInfo

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.one_file import the_file
from parvis.lib import clock
from parvis.lib.signatures import NoKey, fingerprint
from parvis.lib.text import Language

_NOT_WHOLE, _UNREADABLE = 1, 2


@click.group()
def file() -> None:
    """Take a whole file along, signed; check one that was taken; count them."""


@file.command()
@click.argument("number")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where to write it.")
@click.option("--program", help="The program's code, where a number is used in several.")
@click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True
)
def take(*, number: str, out: Path, program: str | None, language: Language) -> None:
    """Write all that is held on the file with this NUMBER to an archive, to mail to its client.

    Its client is told that a copy was made.
    """
    if out.exists():
        raise Refused(f"{out} exists already; give another name, or remove it first.")
    if not out.parent.is_dir():
        raise Refused(f"{out.parent} is no folder; make it first.")
    open_house()
    from parvis.casework.people.policies import Act  # noqa: PLC0415
    from parvis.readers.held.archive import archive  # noqa: PLC0415
    from parvis.readers.held.signing import signer  # noqa: PLC0415

    now = clock.now()
    found = the_file(number, program, act=Act.TAKE_ALONG, at=now)
    # Written aside and linked: nobody mails half an archive, nor over another's.
    with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as aside:
        try:
            for part in archive(found, language=language, signer=signer(), at=now):
                aside.write(part)
            aside.flush()
            os.fsync(aside.fileno())
            os.link(aside.name, out)
        finally:
            os.unlink(aside.name)
    click.echo(f"{found.number}: all that is held on it is in {out}.", err=True)


@file.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    help="The department's public key (PEM); this house's own if left out.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(*, archive: Path, key: Path | None, as_json: bool) -> None:
    """Tell whether an ARCHIVE is whole and ours, and which of its members was changed.

    Exit code 0 if it is, 1 if it is not, 2 if it cannot be read.
    """
    from parvis.readers.held.verifying import NotAnArchive, Verdict, verify  # noqa: PLC0415

    try:
        public_key = _own_key() if key is None else key.read_bytes()
        verdict = verify(archive, public_key)
    except NotAnArchive as why:
        verdict, code = Verdict(findings=[str(why)]), _UNREADABLE
    except NoKey as why:
        verdict, code = Verdict(findings=[f"{key}: {why}."]), _UNREADABLE
    except OSError as error:
        verdict, code = Verdict(findings=[f"{error.filename}: {error.strerror}."]), _UNREADABLE
    else:
        code = _NOT_WHOLE if verdict.findings else 0
    if as_json:
        told = {
            "whole_and_ours": code == 0,
            "number": verdict.number or None,
            "made_at": verdict.made_at or None,
            "members": verdict.members,
            "findings": verdict.findings,
            "warnings": verdict.warnings,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for line in (*verdict.findings, *verdict.warnings):
            click.echo(line, err=code == _UNREADABLE)
        if code == 0:
            click.echo(
                f"Whole and ours: {verdict.number}, {verdict.members} members,"
                f" made at {verdict.made_at}."
            )
        else:
            unread = code == _UNREADABLE
            click.echo(
                "It cannot be checked." if unread else "It is NOT whole and ours.", err=unread
            )
    sys.exit(code)


@file.command()
def key() -> None:
    """Print the public key that archives of this house are checked with."""
    public_key = _own_key()
    click.echo(public_key.decode(), nl=False)
    click.echo(fingerprint(public_key), err=True)


@file.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def taken(*, as_json: bool) -> None:
    """Tell how many files were taken along, by month: each may have spared a request for access."""
    open_house()
    from django.conf import settings  # noqa: PLC0415

    from parvis.casework.accesses.selectors import files_taken  # noqa: PLC0415

    months = files_taken(ZoneInfo(settings.TIME_ZONE))
    if as_json:
        told = [
            {
                "month": f"{one.month:%Y-%m}",
                "by_clients": one.by_clients,
                "by_mail": one.by_mail,
                "taken": one.by_clients + one.by_mail,
            }
            for one in months
        ]
        total = sum(one.by_clients + one.by_mail for one in months)
        click.echo(json.dumps({"taken": total, "months": told}))
        return
    click.echo("Month    By clients  By mail")
    for one in months:
        click.echo(f"{one.month:%Y-%m}  {one.by_clients:10,}  {one.by_mail:7,}")
    if not months:
        click.echo("No file was taken along yet.")


def _own_key() -> bytes:
    """Return this house's public key, which needs its settings and no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    from parvis.readers.held.signing import signer  # noqa: PLC0415

    return signer().public_key

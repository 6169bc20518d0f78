"""`parvis estimates`: how long is left, and how often that came true."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import click

from parvis.channels.casefiles import CaseFile, ColumnsUnknown, FileBroken, open_file
from parvis.channels.casefiles.case_table import CaseTable
from parvis.engines.forecasting.backtest import Told
from parvis.jobs.cli import Refused
from parvis.jobs.cli.bar import bar
from parvis.jobs.cli.house import open_house
from parvis.jobs.cli.standards import check_program
from parvis.jobs.estimates import backtesting, report
from parvis.jobs.estimates.histories import Histories, read
from parvis.jobs.importing.rejects import Rejects
from parvis.lib import clock
from parvis.lib.postgres import default_home
from parvis.lib.references import application_number
from parvis.lib.text import Language
from parvis.programs import loader
from parvis.programs.schema import Columns

_CASE = "case_id"
_SPLITS = ("program", "month", "likelihood")


class _Month(click.ParamType[date]):
    name = "YYYY-MM"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return datetime.strptime(value, "%Y-%m").replace(tzinfo=UTC).date()
        except ValueError:
            self.fail(f"“{value}” is not a month; write it as 2012-01", param, ctx)


@click.group()
def estimates() -> None:
    """Tell how long is left, and how often that came true."""


@estimates.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--program", help="Instead of FILE: the files of this program in the house.")
@click.option("--received", help="The column with the day on which a case was received.")
@click.option(
    "--decided",
    help="The column with the day of its decision; empty: it still waits. Of a log of events: the"
    " event that decides; without it, a case ends with its last.",
)
@click.option("--case", help=f"The column with its number.  [default: {_CASE}]")
@click.option("--stratum", help="A column that parts the cases: dates are told by part.")
@click.option("--from", "first", type=_Month(), required=True, help="The first month.")
@click.option("--to", "last", type=_Month(), required=True, help="The last month.")
@click.option(
    "--every", type=click.Choice(["month", "quarter"]), default="month", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path), help="Keep each date told, as Parquet.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def backtest(
    *, file: Path | None, program: str | None, out: Path | None, as_json: bool, **asked: Any
) -> None:
    """Tell dates for the cases in FILE as they would have been told month by month, and score them.

    FILE is CSV or Parquet with a row a case, or XES, also .gz. At the first of each month only
    what was known by then is used; the way that departments publish is scored beside. Exit code 1
    if a record was rejected or the file broke off.
    """
    cutoffs = _cut_offs(asked["first"], asked["last"], asked["every"])
    if (file is None) == (program is None):
        raise click.UsageError("Name one of the two: a FILE, or a --program of the house.")
    if out is not None and not out.absolute().parent.is_dir():
        raise Refused(f"{out.absolute().parent} is no directory, so nothing can be kept there")
    rejects = Rejects(default_home() / "rejects", source=file or Path("log"), at=clock.now())
    histories = _of_program(str(program)) if file is None else _of_file(file, asked, rejects)
    if not len(histories.files):
        why = _rejected(rejects) if rejects.count else histories.broken or "none was ever received"
        raise Refused(f"{file or program}: there is no case to tell a date for: {why}")
    told = _told(histories, cutoffs)
    if out is not None:
        backtesting.write(histories, told, out)
        click.echo(f"{len(told):,} dates are kept in {out}", err=True)
    lines = backtesting.scored(histories, told)
    if as_json:
        click.echo(json.dumps(report.as_data(lines, histories, rejects.count)))
    else:
        click.echo(report.as_text(lines, histories))
    if rejects.count:
        click.echo(f"parvis: {_rejected(rejects)}", err=True)
    if histories.unnamed:
        said = f"no event is called “{asked['decided']}”, so each case ends with its last"
        click.echo(f"parvis: {file}: {said}", err=True)
    if histories.broken:
        click.echo(f"parvis: {file}: {histories.broken}", err=True)
    if rejects.count or histories.broken:
        sys.exit(1)


@estimates.command()
def refresh() -> None:
    """Read every open file anew, and tell its client by when, where the date has moved.

    `parvis serve` does it every day. What a client is told is a fact on the file: the same day
    again tells nobody anything new, and one that was killed goes on where it stopped.
    """
    open_house()
    from parvis.jobs.estimates.nightly import give_now  # noqa: PLC0415 - the house is open now

    give_now()


@estimates.command()
@click.option("--program", callback=check_program, help="One program alone, by its code.")
@click.option("--by", type=click.Choice(_SPLITS), default="program", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: all splits, shares from 0 to 1.")
@click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True
)
def kept(*, program: str | None, by: str, as_json: bool, language: Language) -> None:
    """Tell how many of the dates that we gave were kept, over twelve whole months.

    A date is scored when its day is over, as it was given; one that was replaced counts too. It is
    kept if the application was closed by then. Of fewer than 30 dates no share is told.
    """
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.jobs.estimates.keeping import as_text  # noqa: PLC0415
    from parvis.readers.estimates.scorecard import scorecard  # noqa: PLC0415
    from parvis.readers.estimates.scorecard_data import as_data  # noqa: PLC0415

    card = scorecard(clock.now(), program)
    if as_json:
        told = {"language": language, **as_data(card, language)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_text(card, by, language)))


def _cut_offs(first: date, last: date, every: str) -> list[date]:
    if cutoffs := backtesting.cut_offs(first, last, every):
        return cutoffs
    raise click.UsageError(f"No {every} begins from {first:%Y-%m} to {last:%Y-%m}.")


def _told(histories: Histories, cutoffs: list[date]) -> Told:
    with bar() as progress:
        task = progress.add_task("Telling dates", total=1.0)
        return backtesting.replay(
            histories, cutoffs, lambda share: progress.update(task, completed=share)
        )


def _rejected(rejects: Rejects) -> str:
    first = f" The first: {rejects.first}." if rejects.first else ""
    return f"{rejects.count:,} records were rejected, kept in {rejects.path}.{first}"


def _columns(
    case: str | None, received: str | None, decided: str | None, stratum: str | None
) -> Columns | None:
    """Return the columns of a table; None where not both days are named."""
    if not received or not decided:
        return None
    # What a reader of tables takes as the outcome is any word; here it names the part.
    return Columns(case=case or _CASE, received=received, decided=decided, outcome=stratum)


def _of_file(file: Path, asked: Mapping[str, Any], rejects: Rejects) -> Histories:
    named = {one: asked[one] for one in ("case", "received", "decided", "stratum")}
    columns = _columns(**named)
    source = _opened(file, columns, halfway=columns is None and any(named.values()))
    with bar() as progress:
        task = progress.add_task(f"Reading {file.name}", total=1.0)
        try:
            return read(
                source,
                by_outcome=columns is not None and columns.outcome is not None,
                decided_by=named["decided"],
                keep=rejects.keep,
                progress=lambda share: progress.update(task, completed=share),
            )
        finally:
            rejects.close()


def _opened(file: Path, columns: Columns | None, *, halfway: bool) -> CaseFile:
    """Return the file, opened; of a table, both columns have to be named or none."""
    unnamed = "Name both columns of a table, --received and --decided."
    try:
        source = open_file(file, columns, now=clock.now(), time_zone=ZoneInfo("UTC"), as_told=True)
    except ColumnsUnknown as unknown:
        raise click.UsageError(f"{unnamed} {unknown.has}") from None
    except FileBroken as error:
        raise Refused(str(error)) from None
    if halfway and isinstance(source, CaseTable):
        raise click.UsageError(unnamed)
    return source


def _of_program(code: str) -> Histories:
    try:
        program = loader.program(code)
    except loader.UnknownProgram as unknown:
        raise click.BadParameter(str(unknown), param_hint="--program") from None
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.readers.estimates.histories import caseload_of  # noqa: PLC0415

    known = caseload_of(program)
    return Histories(known.files, [application_number(int(one)) for one in known.waits.id], [code])

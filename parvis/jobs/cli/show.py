"""`parvis show`: one file as it stands, on paper or as JSON."""

import json
import re
import sys
from typing import TYPE_CHECKING, get_args

import click

from parvis.jobs.cli import Refused
from parvis.jobs.cli.house import open_house
from parvis.lib import clock
from parvis.lib.references import subject_of
from parvis.lib.text import Language, Text
from parvis.programs import loader

if TYPE_CHECKING:
    from parvis.casework.applications.selectors import File

_SEVERAL = 2
"""The exit code where the number means more than one file."""
_MISTYPED = Text(
    en="{} is not one of our numbers: its last digit does not fit. Check it for a typing mistake.",
    fr="{} n’est pas un de nos numéros : le dernier chiffre ne concorde pas. Vérifiez la saisie.",
)
_UNKNOWN = Text(
    en="No file has the number {}. Check the number, and that its file was imported here.",
    fr="Aucun dossier ne porte le numéro {}. Vérifiez le numéro et que le dossier a été importé.",
)
_UNKNOWN_IN = Text(
    en="No file has the number {} in {}. Check the number and the program.",
    fr="Aucun dossier ne porte le numéro {} dans {}. Vérifiez le numéro et le programme.",
)
_TWICE = Text(
    en="{} is the number of files in several programs. Choose one with --program:",
    fr="Le numéro {} existe dans plusieurs programmes. Choisissez-en un avec --program :",
)


@click.command()
@click.argument("number")
@click.option("--program", help="The program's code, where a number is used in several.")
@click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), default="en", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def show(*, number: str, program: str | None, language: Language, as_json: bool) -> None:
    """Show the file with this NUMBER, ours or another system's, as it stands.

    Exit code 1 if there is none, 2 if the number is used in several programs.
    """
    if program is not None:
        try:
            loader.program(program)
        except loader.UnknownProgram as unknown:
            raise click.BadParameter(str(unknown), param_hint="--program") from None
    open_house()
    # Django's models can be imported only once the house is open.
    from parvis.casework.applications.opening import open_for_the_house  # noqa: PLC0415
    from parvis.casework.people.policies import Act  # noqa: PLC0415
    from parvis.jobs.cli.paper import paper  # noqa: PLC0415
    from parvis.readers.tracker import as_data, file_page  # noqa: PLC0415

    now = clock.now()
    # Whoever may run commands on the house's own database is staff; that they looked is kept, as
    # of anybody: a file's client would else be told of every reader but those with most power.
    files = open_for_the_house(number=number, act=Act.SEE_NOTES, program=program, at=now)
    if not files:
        raise Refused(_not_found(number, program)[language])
    if len(files) > 1:
        _tell_of_several(number, files, language)
        sys.exit(_SEVERAL)
    page = file_page(files[0], now, officer=True)
    if as_json:
        click.echo(json.dumps(as_data(page, language), ensure_ascii=False, indent=2))
    else:
        click.echo(paper(page, language))


def _not_found(number: str, program: str | None) -> Text:
    plain = number.strip().upper().replace(" ", "").replace("-", "")
    looks_ours = re.fullmatch(r"P\d{10,}", plain, re.ASCII) is not None
    if looks_ours and subject_of(number) is None:
        said = _MISTYPED
    else:
        said = _UNKNOWN if program is None else _UNKNOWN_IN
    return Text(en=said.en.format(number, program), fr=said.fr.format(number, program))


def _tell_of_several(number: str, files: "list[File]", language: Language) -> None:
    click.echo(f"parvis: {_TWICE[language].format(number)}", err=True)
    for file in files:
        name = loader.program(file.state.program).name[language]
        click.echo(f"  {file.state.program}  {file.number}  {name}", err=True)

"""The one file that a command is about."""

from datetime import datetime
from typing import TYPE_CHECKING

from parvis.jobs.cli import Refused

if TYPE_CHECKING:
    from parvis.casework.applications.selectors import File
    from parvis.casework.people.policies import Act


def the_file(number: str, program: str | None, *, act: "Act", at: datetime) -> "File":
    """Return the file with this number, written down as looked at; refuse where there is not one.

    The house is open already.
    """
    from parvis.casework.applications.opening import open_for_the_house  # noqa: PLC0415

    files = open_for_the_house(number=number, act=act, program=program, at=at)
    if not files:
        raise Refused(f"No file has the number {number}. Check the number and the program.")
    if len(files) > 1:
        programs = ", ".join(file.state.program for file in files)
        raise Refused(f"{number} is used in several programs; add --program, one of {programs}.")
    return files[0]

"""Look applications up."""

from dataclasses import dataclass

from parvis.casework.applications.models import Application
from parvis.casework.applications.policies import can_see
from parvis.casework.applications.state import State
from parvis.casework.people.models import User
from parvis.lib.references import subject_of

LONGEST_NUMBER = 200
"""As long as another system's number may be; nothing longer is looked up."""


@dataclass(frozen=True, slots=True)
class File:
    """An application as readers see it: its numbers and its state."""

    id: int
    number: str
    source_number: str | None
    state: State


def files_numbered(number: str, *, program: str | None = None) -> list[File]:
    """Return the files with this number, ours or another system's.

    More than one where two programs were read from systems that number alike.
    """
    if len(number) > LONGEST_NUMBER or "\0" in number:
        return []
    wanted = (
        Application.objects.all()
        if program is None
        else Application.objects.filter(program=program)
    )
    if (subject_id := subject_of(number)) is not None and (
        own := wanted.filter(pk=subject_id).first()
    ):
        return [_file(own)]
    return [
        _file(found) for found in wanted.filter(source_number=number.strip()).order_by("program")
    ]


def files_seen_by(user: User, number: str, *, program: str | None = None) -> list[File]:
    """Return the files with this number that a user may see; clients know our numbers only."""
    if not user.is_staff and subject_of(number[:LONGEST_NUMBER]) is None:
        return []
    return [file for file in files_numbered(number, program=program) if can_see(user, file)]


def files_of(user: User) -> list[File]:
    """Return the files of the client that this user is, newest first."""
    rows = Application.objects.filter(client__user=user).order_by("-received_at", "id")
    return [_file(row) for row in rows]


def _file(row: Application) -> File:
    return File(row.id, row.number, row.source_number, row.state)

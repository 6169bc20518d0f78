"""Opening a file: finding it among those that somebody may see, and writing down that they did."""

from datetime import datetime

from parvis.casework.accesses.services import record_access, record_taking
from parvis.casework.applications.selectors import File, files_numbered, files_seen_by
from parvis.casework.people.models import User
from parvis.casework.people.policies import OF_THE_HOUSE, Act, check_may, may


def open_file(
    *, number: str, act: Act = Act.SEE, program: str | None = None, by: User, at: datetime
) -> list[File]:
    """Return the file with this number for whoever may see it and do this with it.

    An empty list where there is none for them. Several where programs were read from systems that
    number alike: then none is opened, and whoever asks says which program. An access that cannot be
    written down does not happen.
    """
    files = [
        file
        for file in files_seen_by(by, number, now=at, program=program)
        if may(act, file.relation)
    ]
    if len(files) == 1:
        [file] = files
        record_access(application=file.id, user=by, relation=file.relation, act=act, at=at)
    return files


def open_for_the_house(
    *, number: str, act: Act, program: str | None = None, at: datetime
) -> list[File]:
    """Return any file with this number, to a command of the house; written down like any access.

    Whoever may run commands on the house's own database is staff, and its client is told so.
    Raises `ActRefused` where even they may not: nobody answers in a client's place, say.
    """
    check_may(act, OF_THE_HOUSE)
    files = files_numbered(number, program=program)
    if len(files) == 1:
        record_access(application=files[0].id, user=None, relation=OF_THE_HOUSE, act=act, at=at)
    return files


def take_file_along(*, file: File, by: User, at: datetime) -> None:
    """Write down that a file that was opened for it is taken along, before any of it goes."""
    record_taking(application=file.id, user=by, relation=file.relation, at=at)

"""Opening a file: finding it among those that somebody may see, and writing down that they did."""

from datetime import datetime

from parvis.casework.accesses.services import record_access
from parvis.casework.applications.selectors import File, files_seen_by
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, may


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

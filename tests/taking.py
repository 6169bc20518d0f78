"""Whole files to take along, and archives that somebody has meddled with."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from parvis.casework.applications import histories
from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.casework.applications.giving import give_dates
from parvis.casework.applications.models import Application
from parvis.casework.documents.services import answer_request, keep
from parvis.casework.people.models import User
from parvis.lib.signatures import Signer
from parvis.lib.text import Language
from parvis.programs.schema import Program
from parvis.readers.held.archive import archive
from tests.filing import ASK, OPEN, RECEIVED, client, filed, seen
from tests.sending import opened, pdf, png

SIGNER = Signer(b"a secret of the tests", purpose="tests")
LATER = RECEIVED + timedelta(days=10)


@dataclass(frozen=True)
class Filed:
    """A file with two documents, and who its client is."""

    user: User
    application: Application

    @property
    def number(self) -> str:
        """The number of the file."""
        return self.application.number


def answered(email: str = "ada@example.org", *, name: str = "Ada Example") -> Filed:
    """Return a file whose client has sent two documents."""
    user, subject = client(email, name=name)
    application = filed(OPEN, ASK, client=subject)
    done = answer_request(
        application=application.id,
        document="police-certificate",
        files=[keep(opened(pdf())), keep(opened(png()))],
        by=user,
        at=LATER,
    )
    return Filed(user, done.application)


def promised(one: Filed) -> None:
    """Tell the client of a file by when it is decided."""
    told = DateGiven(
        half_on=date(2024, 5, 3),
        most_on=date(2024, 6, 20),
        dots=tuple(range(100, 120)),
        reached=100,
        decided=80,
    )
    give_dates(dates={one.application.id: told}, by="estimates", at=LATER + timedelta(hours=1))


def of_another_system(program: Program, *activities: str) -> Application:
    """Return a file that was read from another system, an activity an hour."""
    events = [(RECEIVED + timedelta(hours=n), name, None) for n, name in enumerate(activities)]
    case = ForeignCase("A-1", events, None)
    histories.take_in(program=program.code, cases=[case], reading=Reading(program), by="test")
    return Application.objects.get(source_number="A-1")


def packed(one: Filed, *, language: Language = "en", signer: Signer = SIGNER) -> bytes:
    """Return the archive of a file."""
    file = seen(one.application)
    return b"".join(archive(file, language=language, signer=signer, at=LATER))


def members(content: bytes) -> dict[str, bytes]:
    """Return what lies in an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened_one:
        return {name: opened_one.read(name) for name in opened_one.namelist()}


def repacked(path: Path, content: dict[str, bytes]) -> Path:
    """Write an archive anew with other members, as somebody would who meddles with it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, what in content.items():
            written.writestr(name, what)
    return path

"""What an answer must hold. The reasons are told to the client, beside the field that they mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from parvis.casework.applications.state import State
from parvis.casework.documents.contents import MOST
from parvis.casework.documents.policies import latest_request
from parvis.casework.documents.store import StoreFailed, store
from parvis.lib.dates import day, day_of
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.programs.vocabulary import AnsweredBy

Field = Literal["files", "done_on"]

NO_FILE = Text(
    en="Choose at least one file.",
    fr="Choisissez au moins un fichier.",
)
TOO_MANY = Text(
    en=f"Send {MOST} files at most. Join some of them into one PDF.",
    fr=f"Envoyez au plus {MOST} fichiers. Réunissez-en plusieurs dans un PDF.",
)
NO_DAY = Text(
    en="Give the day, with its year, month and day.",
    fr="Indiquez la date, avec l’année, le mois et le jour.",
)
NOT_YET = Text(
    en="This day has not come yet. Give a day up to today.",
    fr="Cette date n’est pas encore passée. Indiquez au plus tard la date d’aujourd’hui.",
)
NO_VISIT = Text(
    en="No day goes with this answer. Leave it out.",
    fr="Aucune date n’est attendue ici. Laissez-la de côté.",
)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is wrong with an answer, and with which field of it."""

    field: Field
    reason: Text


class AnswerRefused(Exception):
    """An answer that cannot be taken as it is; `lacks` say why and what to do."""

    def __init__(self, *lacks: Lack) -> None:
        super().__init__("; ".join(lack.reason.en for lack in lacks))
        self.lacks = lacks


def lacks_of(
    state: State, document: str, *, files: int, done_on: date | None, at: datetime
) -> list[Lack]:
    """Return what an answer with so many files, and with this day, lacks or has too much."""
    program = loader.program(state.program)
    known = program.documents.get(document)
    lacks = []
    if known is not None and known.answered_by is AnsweredBy.VISIT:
        if (wrong := _wrong_with(done_on, program, state, document, at)) is not None:
            lacks.append(Lack("done_on", wrong))
    else:
        if done_on is not None:
            lacks.append(Lack("done_on", NO_VISIT))
        if files == 0:
            lacks.append(Lack("files", NO_FILE))
    if files > MOST:
        lacks.append(Lack("files", TOO_MANY))
    return lacks


def check_are_kept(digests: Iterable[str]) -> None:
    """Refuse to speak of contents that the store does not hold."""
    if not all(map(store().holds, digests)):
        raise StoreFailed("contents were kept and are gone")


def _wrong_with(
    done_on: date | None, program: Program, state: State, document: str, at: datetime
) -> Text | None:
    if done_on is None:
        return NO_DAY
    if done_on > at.astimezone(program.time_zone).date():
        return NOT_YET
    request = latest_request(state, document)
    asked = day_of(request.asked_at, program.time_zone) if request else day(done_on)
    if done_on < asked.on:
        return Text(
            en=f"We asked you on {asked.text.en}. Give that day or a later one.",
            fr=f"Nous vous l’avons demandé le {asked.text.fr}. Indiquez cette date ou une autre,"
            " plus tardive.",
        )
    return None

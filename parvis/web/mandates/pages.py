"""What the pages about mandates hold, before a template sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from parvis.casework.applications.mandating import Done
from parvis.casework.applications.selectors import File
from parvis.casework.mandates.listing import FirmLine, MandateLine, Side
from parvis.casework.mandates.status import OVER, MandateState
from parvis.lib.dates import Day
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.web.mandates.days import last_day, shown
from parvis.web.mandates.words import ACTS, DID, KINDS, STATES


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate in a list."""

    id: int
    name: str
    """To whom it was given, for its client; the client's name, for the other side."""
    kind: Text
    state: Text
    over: bool
    acts: tuple[Text, ...]
    chosen: bool
    """Whether it is for some applications only."""
    since: Day
    until: Day | None
    firm: str | None


@dataclass(frozen=True, slots=True)
class MandatesPage:
    """What somebody gave, was given and holds."""

    client: bool
    given: tuple[MandateRow, ...]
    offered: tuple[MandateRow, ...]
    held: tuple[MandateRow, ...]
    next: int | None
    """After which mandate the list of those held goes on."""
    first: bool


@dataclass(frozen=True, slots=True)
class FileNamed:
    """An application that a mandate is for."""

    number: str
    program: Text


@dataclass(frozen=True, slots=True)
class DoneLine:
    """Who did what, on which day."""

    on: Day
    by: str | None
    did: Text
    number: str


@dataclass(frozen=True, slots=True)
class MandatePage:
    """One mandate, and what whoever looks can do about it."""

    mandate: MandateRow
    side: Side
    given_on: Day
    accepted_on: Day | None
    ended_on: Day | None
    files: tuple[FileNamed, ...] | None
    waiting: tuple[FileNamed, ...]
    """Those of them for which it is not in force until another adult gave the same."""
    firm: FirmLine | None
    """The firm for which it can be accepted."""
    done: tuple[DoneLine, ...]
    can_answer: bool
    can_end: bool
    refused: Text | None


def mandates_page(  # noqa: PLR0913 - a page of three lists
    *,
    client: bool,
    given: Iterable[MandateLine],
    offered: Iterable[MandateLine],
    held: Sequence[MandateLine],
    most: int,
    first: bool,
) -> MandatesPage:
    """Return the page of somebody's mandates; more than `most` held say that there are more."""
    return MandatesPage(
        client=client,
        given=tuple(_row(line, line.address) for line in given),
        offered=tuple(_row(line, line.client_name) for line in offered),
        held=tuple(_row(line, line.client_name) for line in held[:most]),
        next=held[most - 1].id if len(held) > most else None,
        first=first,
    )


def mandate_page(  # noqa: PLR0913 - a page of what several rooms know
    line: MandateLine,
    side: Side,
    *,
    files: Sequence[File],
    waiting: Sequence[File],
    firm: FirmLine | None,
    done: Sequence[Done],
    refused: Text | None = None,
) -> MandatePage:
    """Return the page of one mandate."""
    return MandatePage(
        mandate=_row(line, line.address if side is Side.CLIENT else line.client_name),
        side=side,
        given_on=shown(line.given_at),
        accepted_on=_shown(line.accepted_at),
        ended_on=_shown(line.ended_at),
        files=None if line.applications is None else tuple(map(_named, files)),
        waiting=tuple(map(_named, waiting)),
        firm=firm,
        # Who reads an application five times on a day is told to have read it.
        done=tuple(dict.fromkeys(map(_done, done))),
        can_answer=side is Side.OFFERED,
        can_end=side is not Side.OFFERED and line.state not in OVER,
        refused=refused,
    )


def _done(one: Done) -> DoneLine:
    return DoneLine(shown(one.at), one.by, DID[one.act], one.number)


def _row(line: MandateLine, name: str) -> MandateRow:
    return MandateRow(
        id=line.id,
        name=name,
        kind=KINDS[line.kind],
        state=STATES[line.state],
        over=line.state in OVER,
        acts=tuple(words for act, words in ACTS.items() if act in line.acts),
        chosen=line.applications is not None,
        since=shown(line.begins_at),
        until=_until(line),
        firm=line.firm,
    )


def _until(line: MandateLine) -> Day | None:
    """Return the last day of a mandate, which either side may have made an earlier one."""
    if line.ended_at is not None and line.state is MandateState.ENDED:
        return shown(line.ended_at)
    return None if line.ends_at is None else last_day(line.ends_at)


def _shown(moment: datetime | None) -> Day | None:
    return None if moment is None else shown(moment)


def _named(file: File) -> FileNamed:
    return FileNamed(file.number, loader.program(file.state.program).name)

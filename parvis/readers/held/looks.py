"""Who looked at a file, told to its client: the latest first, some at a time."""

from itertools import groupby

from parvis.casework.accesses.selectors import Looked, accesses_to
from parvis.casework.applications.selectors import File
from parvis.lib.dates import moment
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.readers.held.page import LookLine, LooksDay, LooksPage
from parvis.readers.held.words import looked, reader_of
from parvis.readers.tracker.page import Named

MOST = 50


def looks_page(file: File, *, before: int | None = None, most: int = MOST) -> LooksPage:
    """Return some accesses in one query: the latest, or those before one."""
    program = loader.program(file.state.program)
    found = accesses_to(file.id, most=most + 1, before=before)
    lines = [look_line(one, file, program) for one in found[:most]]
    by_day = groupby(lines, key=lambda line: line.happened.on)
    return LooksPage(
        number=file.number,
        program=Named(program.code, program.name),
        days=tuple(LooksDay(on, tuple(some)) for on, some in by_day),
        first=before is None,
        next=lines[-1].id if len(found) > most else None,
    )


def look_line(one: Looked, file: File, program: Program) -> LookLine:
    """Return one access as a client is told of it: a role, and never who it was."""
    return LookLine(
        id=one.id,
        happened=moment(one.at, program.time_zone),
        capacity=one.capacity,
        act=one.act,
        sentence=looked(one.capacity, one.act, by_reader=one.user == reader_of(file)),
    )

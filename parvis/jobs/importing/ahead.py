"""Read ahead: a process of its own reads the file while this one writes to the database.

Nothing here needs Django, so that the other process starts at once.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from fcntl import F_SETPIPE_SZ, fcntl
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from parvis.channels.casefiles import CaseFile, FileBroken, Reject, SourceCase, open_file
from parvis.channels.casefiles.model import left_out
from parvis.programs.schema import Columns

_BATCH_EVENTS = 8_000
"""Events a transaction; a kill loses no more than that, and the next import makes it up."""
_PIPE_BYTES = 1 << 20
"""As much as Linux lets anyone have: some eight batches."""


class CasesAt(NamedTuple):
    """A file of case histories and how to read it."""

    path: Path
    columns: Columns | None
    now: datetime
    time_zone: ZoneInfo

    def open(self) -> CaseFile:
        """Open the file; raise `FileBroken` where it cannot be read at all."""
        path, columns, now, time_zone = self
        return open_file(path, columns, now=now, time_zone=time_zone)


LONGEST_NUMBER = 200
"""As long as the number of a file may be (`Application.source_number`), in characters."""

Case = tuple[str, list[tuple[datetime, str, str | None]], str | None]
"""A case's number, its events (when, activity, lifecycle) and its outcome, light to send."""


class Batch(NamedTuple):
    """Some of what a file holds, and the share of its bytes read by then, 0 to 1."""

    cases: list[Case]
    rejects: list[Reject]
    share: float
    broken: str | None = None
    """Why the file could not be read further, in its last batch."""


@contextmanager
def read_ahead(source: CasesAt) -> Iterator[Iterator[Batch]]:
    """Start to read a file, and give its batches as they are wanted; several wait in the pipe."""
    spawning = get_context("spawn")
    ours, theirs = spawning.Pipe(duplex=False)
    fcntl(ours.fileno(), F_SETPIPE_SZ, _PIPE_BYTES)
    reader = spawning.Process(target=_send, args=(source, theirs), name="reader", daemon=True)
    reader.start()
    theirs.close()
    try:
        yield _batches_from(ours)
    finally:
        ours.close()  # a reader that is still at it ends on this
        reader.join()


def _batches_from(ours: Connection) -> Iterator[Batch]:
    while (found := _received(ours)) is not None:
        yield found


class ReaderDied(RuntimeError):
    """The process that read the file ended without a word."""


def _received(ours: Connection) -> Batch | None:
    try:
        found = ours.recv()
    except EOFError:
        raise ReaderDied("the process that read the file was killed; import again") from None
    if isinstance(found, BaseException):
        raise found
    return Batch(*found) if found is not None else None


def _send(source: CasesAt, theirs: Connection) -> None:
    """Read the file and send it, in the process made for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that reads what we send
    try:
        for batch in _batches(source.open()):
            theirs.send(tuple(batch))
        theirs.send(None)
    except BrokenPipeError:
        pass  # nobody wants more
    except Exception as error:
        theirs.send(error)


def _batches(file: CaseFile) -> Iterator[Batch]:
    """Yield what the file holds, up to where it breaks off."""
    cases: list[Case] = []
    rejects: list[Reject] = []
    events = 0
    try:
        for found in file.read():
            if isinstance(found, SourceCase) and len(found.number) > LONGEST_NUMBER:
                rejects.append(_too_long(found))
                events += len(found.events)
            elif isinstance(found, SourceCase):
                told = [event[:3] for event in found.events]
                cases.append((found.number, told, found.outcome))
                events += len(told)
            else:
                rejects.append(found)
                events += 1
            if events >= _BATCH_EVENTS:
                yield Batch(cases, rejects, file.progress())
                cases, rejects, events = [], [], 0
    except FileBroken as error:
        yield Batch(cases, rejects, file.progress(), str(error))
    else:
        yield Batch(cases, rejects, file.progress())


def _too_long(case: SourceCase) -> Reject:
    number = case.number
    reason = f"the case number has {len(number):,} characters; at most {LONGEST_NUMBER} are kept"
    reject = Reject(case.line, number, None, reason, number)
    return left_out(reject, len(case.events), whose="its")

"""One import of contact events from beginning to end: read, record by batches, keep the rejects."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from time import perf_counter

from parvis.casework.contacts.facts import ContactEvent
from parvis.casework.contacts.services import Batch, batch, record_batch
from parvis.channels.casefiles.model import FileBroken, Reject
from parvis.channels.contacts.model import ContactFile, Found
from parvis.jobs.importing.rejects import Rejects

_BATCH = 50_000
"""Events a transaction; a kill loses no more than that, and the next import makes it up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What an import did: `added` events are new, `unchanged` were there; `rejected` are records.

    `skipped` records tell of no contact. `broken` says why the file could not be read to its end.
    """

    events: int
    added: int
    unchanged: int
    skipped: int
    rejected: int
    rejected_file: str | None
    seconds: float
    broken: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Some:
    """The next records of a file; `broken` says why there are no more, if it broke off."""

    good: Batch
    rejects: list[Reject]
    broken: str | None
    is_last: bool


def take_in(
    file: ContactFile,
    *,
    source: str,
    rejects: Rejects,
    at: datetime,
    progress: Callable[[float, int], None],
) -> Summary:
    """Record what a file tells; again, only what is new. `progress` is told share and events."""
    began = perf_counter()
    events = added = 0
    found = file.read()
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(_some, found, source, at)
        while True:
            some = coming.result()
            if not some.is_last:
                # The next are read and made ready while the database writes these.
                coming = reader.submit(_some, found, source, at)
            for one in some.rejects:
                rejects.keep(one)
            added += record_batch(some.good)
            events += some.good.events
            progress(file.progress(), events)
            if some.is_last:
                break
    rejects.close()
    return Summary(
        events=events,
        added=added,
        unchanged=events - added,
        skipped=file.skipped,
        rejected=rejects.count,
        rejected_file=str(rejects.path) if rejects.path else None,
        seconds=round(perf_counter() - began, 2),
        broken=some.broken,
    )


def _some(found: Iterator[Found], source: str, at: datetime) -> _Some:
    some: list[Found] = []
    broken = None
    try:
        some.extend(islice(found, _BATCH))
    except FileBroken as error:
        broken = str(error)
    good = [one for one in some if isinstance(one, ContactEvent)]
    return _Some(
        good=batch(good, source=source, at=at),
        rejects=[one for one in some if not isinstance(one, ContactEvent)],
        broken=broken,
        is_last=broken is not None or not some,
    )

"""One import of contact events from beginning to end: read, record by batches, keep the rejects."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from time import perf_counter

from parvis.casework.contacts.facts import ContactEvent
from parvis.casework.contacts.services import record
from parvis.channels.casefiles.model import FileBroken
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
        coming = reader.submit(_some, found)
        while True:
            some, broken = coming.result()
            if some and not broken:
                # The next are read while the database writes these.
                coming = reader.submit(_some, found)
            good = [one for one in some if isinstance(one, ContactEvent)]
            for one in some:
                if not isinstance(one, ContactEvent):
                    rejects.keep(one)
            added += record(good, source=source, at=at)
            events += len(good)
            progress(file.progress(), events)
            if broken or not some:
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
        broken=broken,
    )


def _some(found: Iterator[Found]) -> tuple[list[Found], str | None]:
    """Return the next records, and why there are no more of them, if the file broke off."""
    some: list[Found] = []
    try:
        some.extend(islice(found, _BATCH))
    except FileBroken as error:
        return some, str(error)
    return some, None

"""Read ahead: one thread reads the file while another writes to the database."""

from collections.abc import Callable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
_DEPTH = 2
"""Batches read and not yet written: enough that neither waits, few enough that memory stays flat."""


def read_ahead(batches: Callable[[], Iterator[T]]) -> Iterator[T]:
    """Yield what `batches` yields, made in a thread of its own; an error there is raised here."""
    queue: Queue[T | BaseException | None] = Queue(_DEPTH)
    enough = Event()

    def put(item: T | BaseException | None) -> bool:
        while not enough.is_set():
            try:
                queue.put(item, timeout=0.1)
            except Full:
                continue
            return True
        return False

    def work() -> None:
        try:
            for batch in batches():
                if not put(batch):
                    return
            put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the batches are used
            put(error)

    thread = Thread(target=work, name="read-ahead", daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        enough.set()
        thread.join()

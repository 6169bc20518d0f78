"""Two batches at a time: while the database takes one in, the rows of the next are made."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

_ABREAST = 2

B = TypeVar("B")
R = TypeVar("R")


def abreast(take: Callable[[B], R], batches: Iterable[B]) -> Iterator[tuple[B, R]]:
    """Yield each batch with what `take` made of it, in order; each has a transaction of its own."""
    under_way: deque[tuple[B, Future[R]]] = deque()
    with ThreadPoolExecutor(_ABREAST, thread_name_prefix="taking") as threads:
        try:
            for batch in batches:
                under_way.append((batch, threads.submit(take, batch)))
                if len(under_way) > _ABREAST:
                    done, taken = under_way.popleft()
                    yield done, taken.result()
            for done, taken in under_way:
                yield done, taken.result()
        finally:
            # A connection is closed by the thread that opened it; none takes two turns.
            all_here = Barrier(_ABREAST)
            for _ in range(_ABREAST):
                threads.submit(_leave, all_here)


def _leave(all_here: Barrier) -> None:
    connection.close()
    all_here.wait()

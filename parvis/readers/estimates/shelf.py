"""What was last counted, read again every few minutes by each process and not for every page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

Counted = TypeVar("Counted")

_LIFETIME = timedelta(minutes=5)


class Shelf(Generic[Counted]):
    """What this process read last: at most five minutes old, and gone where it was counted anew."""

    def __init__(self, read: Callable[[], Counted]) -> None:
        self._read = read
        self._last: tuple[datetime, Counted] | None = None
        _shelves.append(self)

    def at(self, now: datetime) -> Counted:
        """Return what was counted; read it where that was not done in the last five minutes."""
        if self._last is None or not self._last[0] <= now < self._last[0] + _LIFETIME:
            self._last = (now, self._read())
        return self._last[1]

    def forget(self) -> None:
        """Read again next time."""
        self._last = None


_shelves: list[Shelf[Any]] = []


def forget_all() -> None:
    """Have every shelf of this process be read again."""
    for shelf in _shelves:
        shelf.forget()

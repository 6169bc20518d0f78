"""The values of a record: moments and words, checked, and each distinct one read only once."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LONGEST = 500
"""Characters of a case number, an activity, an outcome: what is longer is something else."""
REMEMBERED = 20_000
"""Distinct values kept at once: enough to be quick, and a few megabytes at most."""


class Unreadable(Exception):
    """A value cannot be what its field should hold; the sentence says why."""


class Values:
    """Reads moments and words; both dictionaries may be asked first, to save a call."""

    def __init__(self, *, now: datetime, time_zone: ZoneInfo, as_told: bool = False) -> None:
        self.now = now
        self.time_zone = time_zone
        self.as_told = as_told
        self.moments: dict[str, datetime] = {}
        self.words: dict[str, str] = {}

    def moment(self, value: str) -> datetime:
        """Return the moment that a date or time says: as told, or in UTC as the log keeps it.

        In a zone of its own, a moment in the hour that a change of clocks skips or repeats is equal
        to none that the log gives back, and sorts otherwise.
        """
        at = self.local(value)
        if not self.as_told:
            at = at.astimezone(UTC)
        if len(self.moments) >= REMEMBERED:
            self.moments.clear()
        self.moments[value] = at
        return at

    def local(self, value: str) -> datetime:
        """Return the moment that a date or time (ISO 8601) says where it was said.

        That is the time zone of the source, unless the value names another.
        """
        try:
            at = datetime.fromisoformat(value.strip())
        except ValueError:
            shown = (
                f"“{value[:50]}” is not a date or a time" if value.strip() else "no date or time"
            )
            raise Unreadable(
                f"{shown} (expected: 2024-05-31 or 2024-05-31T09:30:00-04:00)"
            ) from None
        if at.tzinfo is None:
            at = at.replace(tzinfo=self.time_zone)
        if at < EARLIEST:
            raise Unreadable(f"{value} is before 1900")
        if at > self.now:
            raise Unreadable(f"{value} is in the future (it is now {self.now:%Y-%m-%d %H:%M %Z})")
        return at

    def word(self, value: str) -> str:
        """Return what `text` does, and remember it: for words that come again and again."""
        word = text(value)
        if len(self.words) >= REMEMBERED:
            self.words.clear()
        self.words[value] = word
        return word


def text(value: str) -> str:
    """Return a number, an activity or an outcome without the space around it."""
    stripped = value.strip()
    if not stripped:
        raise Unreadable("empty")
    if len(stripped) > LONGEST:
        raise Unreadable(f"{len(stripped):,} characters; at most {LONGEST} are expected")
    if "\0" in stripped:
        raise Unreadable("a NUL character, which no text may hold")
    return stripped

"""What a file of contact events is, whatever its format."""

from collections.abc import Iterator
from typing import Protocol

from parvis.casework.contacts.facts import ContactEvent
from parvis.channels.casefiles.model import Reject

Found = ContactEvent | Reject


class ContactFile(Protocol):
    """A file of contact events, not yet read."""

    skipped: int
    """Records met so far that tell of no contact."""

    def read(self) -> Iterator[Found]:
        """Yield events and rejects, in one pass; raise `FileBroken` where the file breaks."""

    def progress(self) -> float:
        """Return the share of the file's bytes read so far, 0 to 1."""

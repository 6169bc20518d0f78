"""Mail into a folder of the house, until a department names its server; to look at, never sent."""

from pathlib import Path

from parvis.casework.notices.ways import Letter
from parvis.channels.keeping import keep
from parvis.channels.mail.composing import mail_of
from parvis.lib import clock


class MailFolder:
    """Keeps each message as a file that mail programs open."""

    def __init__(self, folder: Path, *, sender: str, mailbox: str) -> None:
        self._folder, self._sender, self._mailbox = folder, sender, mailbox

    def send(self, letter: Letter) -> None:
        """Keep a message; the same one again takes its own place."""
        now = clock.now()
        mail = mail_of(letter, sender=self._sender, mailbox=self._mailbox, at=now)
        keep(self._folder / f"notice-{letter.name}.eml", mail)

    def close(self) -> None:
        """There is no line to let go."""

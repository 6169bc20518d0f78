"""The mailbox that bounces return to, read over IMAP; what was acted on is taken out of it."""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from imaplib import IMAP4

from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox

from parvis.casework.notices.ways import Returned
from parvis.channels.mail.returned import read_returned

_AT_ONCE = 200


class Unreadable(Exception):
    """The mailbox cannot be read now; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """Where the mailbox is."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: str = "tls"
    """`tls`, `starttls`, or `none` on one's own machine."""
    folder: str = "INBOX"
    timeout_s: float = 30.0

    def empty(self, take: Callable[[Sequence[Returned]], object]) -> int:
        """Have `take` act on every mail there is, some at a time; return how many there were.

        A mail is deleted after it was acted on: whoever dies in between has it acted on again, and
        acting twice is harmless. One that cannot be read at all is acted on as strange.
        """
        count = 0
        try:
            with self._opened() as box:
                uids = box.uids()
                for start in range(0, len(uids), _AT_ONCE):
                    some = uids[start : start + _AT_ONCE]
                    take([read_returned(one) for one in _contents(box, some)])
                    box.delete(some)
                    count += len(some)
        except (OSError, IMAP4.error, ImapToolsError) as error:
            raise Unreadable(f"{self.host}: {error}") from error
        return count

    def _opened(self) -> BaseMailBox:
        if self.security == "none":
            box: BaseMailBox = MailBoxUnencrypted(self.host, self.port, timeout=self.timeout_s)
        else:
            made = MailBox if self.security == "tls" else MailBoxStartTls
            box = made(
                self.host,
                self.port,
                timeout=self.timeout_s,
                ssl_context=ssl.create_default_context(),
            )
        return box.login(self.user, self.password, self.folder)


def _contents(box: BaseMailBox, uids: Sequence[str]) -> list[bytes]:
    """Return the mails with these numbers; one that went away in the meantime is left out."""
    code, told = box.client.uid("fetch", ",".join(uids), "(BODY.PEEK[])")
    if code != "OK":
        raise IMAP4.error(f"FETCH said {code}")
    return [one[1] for one in told if isinstance(one, tuple)]

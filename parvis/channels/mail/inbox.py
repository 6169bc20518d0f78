"""A mailbox, read over IMAP: that to which bounces return, or that in which enquiries arrive.

Bounces and automatic answers to notices are deleted. What a person seems to have written there,
and among enquiries what nobody here keeps, is moved to a folder beside, where people find it:
nothing of it is lost.
"""

import logging
import re
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from imaplib import IMAP4

from django.db import DataError
from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox

from parvis.casework.notices.status import Verdict
from parvis.casework.notices.ways import Returned
from parvis.channels.mail.returned import LARGEST, read_returned

_AT_ONCE = 200
_MOST = 10_000
"""Mails of one turn: whoever floods the mailbox keeps the house from nothing else it has to do."""
_TOGETHER = 32 * 1024 * 1024
"""Bytes of mails that are in memory at once; one mail may be larger."""
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_UID = re.compile(rb"\bUID (\d+)")


_STRANGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, DataError)
"""What a mail brings about that is made as nobody foresaw; a database that is away is none."""
_log = logging.getLogger(__name__)


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
    written: str = "Written"
    """The folder for what people wrote; it is made with the first of them."""
    timeout_s: float = 30.0

    def empty(self, take: Callable[[Sequence[Returned]], object]) -> int:
        """Have `take` act on the bounces there are, some at a time; return how many mails that was.

        A mail is taken out after it was acted on: whoever dies in between has it acted on again,
        and acting twice is harmless. One that cannot be read at all is acted on as strange.
        """

        def act(box: BaseMailBox, mails: Mapping[str, bytes]) -> None:
            read = {uid: read_returned(mail) for uid, mail in mails.items()}
            take(list(read.values()))
            box.delete([uid for uid, one in read.items() if not _is_written(one)])
            self._put_by(box, [uid for uid, one in read.items() if _is_written(one)])

        return self._each(act, most_of_each=LARGEST)

    def hand_in(self, take: Callable[[Sequence[bytes]], Sequence[bool]]) -> int:
        """Have `take` keep the mails there are, some at a time; return how many that was.

        It tells of each whether it is kept, and is asked for one at a time where some together
        fail it by what they hold. A mail is deleted after it was kept: whoever dies in between has
        it handed in again. One that is not kept is moved to where people find it.
        """

        def act(box: BaseMailBox, mails: Mapping[str, bytes]) -> None:
            kept = _kept(take, mails)
            box.delete([uid for uid in mails if kept[uid]])
            self._put_by(box, [uid for uid in mails if not kept[uid]])

        return self._each(act)

    def _each(
        self,
        act: Callable[[BaseMailBox, Mapping[str, bytes]], None],
        *,
        most_of_each: int | None = None,
    ) -> int:
        count = 0
        try:
            with self._opened() as box:
                for some in _batches(box, most_of_each):
                    mails = dict(_contents(box, some, most_of_each))
                    act(box, mails)
                    count += len(mails)
        except (OSError, IMAP4.error, ImapToolsError) as error:
            raise Unreadable(f"{self.host}: {error}") from error
        return count

    def _put_by(self, box: BaseMailBox, uids: Sequence[str]) -> None:
        """Move mails to where people find them."""
        if not uids:
            return
        if not box.folder.exists(self.written):
            box.folder.create(self.written)
        box.move(uids, self.written)

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


def _kept(
    take: Callable[[Sequence[bytes]], Sequence[bool]], mails: Mapping[str, bytes]
) -> dict[str, bool]:
    """Return of each mail whether it is kept; one that nobody understands keeps no other out."""
    try:
        return dict(zip(mails, take(list(mails.values())), strict=True))
    except _STRANGE as error:
        if len(mails) == 1:
            _log.error("a mail could not be taken in, and was put by: %s", type(error).__name__)
            return dict.fromkeys(mails, False)
        return {uid: _kept(take, {uid: mail})[uid] for uid, mail in mails.items()}


def _is_written(one: Returned) -> bool:
    return one.verdict is Verdict.WRITTEN


def _batches(box: BaseMailBox, most_of_each: int | None) -> Iterator[list[str]]:
    """Yield the numbers of the oldest mails, so many at a time as fit into memory together."""
    some, together = list[str](), 0
    for uid, size in _sizes(box)[:_MOST]:
        read = size if most_of_each is None else min(size, most_of_each)
        if some and (len(some) == _AT_ONCE or together + read > _TOGETHER):
            yield some
            some, together = [], 0
        some.append(uid)
        together += read
    if some:
        yield some


def _sizes(box: BaseMailBox) -> list[tuple[str, int]]:
    """Return the numbers of all mails, the oldest first, with their bytes."""
    code, told = box.client.uid("fetch", "1:*", "(UID RFC822.SIZE)")
    if code != "OK":
        raise IMAP4.error(f"FETCH said {code}")
    found = []
    for line in told:
        if isinstance(line, bytes) and (uid := _UID.search(line)) and (size := _SIZE.search(line)):
            found.append((uid[1].decode(), int(size[1])))
    return found


def _contents(
    box: BaseMailBox, uids: Sequence[str], most_of_each: int | None
) -> Iterator[tuple[str, bytes]]:
    """Yield the mails with these numbers, as much of each as is read; one that is gone is left out.

    However large mails are, no more than that of each is fetched.
    """
    part = "" if most_of_each is None else f"<0.{most_of_each}>"
    code, told = box.client.uid("fetch", ",".join(uids), f"(UID BODY.PEEK[]{part})")
    if code != "OK":
        raise IMAP4.error(f"FETCH said {code}")
    for one, after in zip(told, [*told[1:], b""], strict=True):
        if isinstance(one, tuple):
            # A server may say the number before the mail or behind it.
            rest = after if isinstance(after, bytes) else b""
            if found := _UID.search(one[0]) or _UID.search(rest):
                yield found[1].decode(), one[1]

"""Looking for harm in documents before anybody opens them; without a scanner they wait."""

from collections.abc import Callable
from datetime import datetime

from parvis.casework.documents.store import store
from parvis.casework.enquiries.mails import scanner
from parvis.casework.enquiries.models import Attachment
from parvis.casework.enquiries.status import Scan

_GONE = 3
"""A scanner that says nothing of so many in a row is not there."""


def scan_waiting(*, until: datetime, now: Callable[[], datetime]) -> int:
    """Scan what waits, oldest first, until a moment or until the scanner is gone; return how many.

    Whoever is killed leaves the document at hand unscanned: it is scanned again. One on which the
    scanner says nothing waits, and does not keep the others waiting.
    """
    scans, done, last, unsaid = scanner(), 0, 0, 0
    while scans is not None and now() < until:
        waiting = Attachment.objects.filter(scan=Scan.WAITING, id__gt=last).order_by("id")
        if (one := waiting.first()) is None:
            return done
        with store().open(one.sha256) as content:
            found = scans.scan(content)
        last = one.pk
        if found is Scan.WAITING:
            unsaid += 1
            if unsaid == _GONE:
                return done
            continue
        unsaid = 0
        # The same contents are the same for everybody who sent them.
        same = Attachment.objects.filter(sha256=one.sha256, scan=Scan.WAITING)
        done += same.update(scan=found, scanned_at=now())
    return done

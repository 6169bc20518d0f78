"""Lines that closed: what still waits on them goes on with the general line, and loses no place."""

from datetime import datetime

from django.db import transaction

from parvis.casework.enquiries.facts import EnquiryTransferred
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.receiving import BY
from parvis.casework.enquiries.routing import GENERAL, Routes
from parvis.casework.enquiries.status import Status
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.lines.selectors import lines

_AT_ONCE = 500


@transaction.atomic
def take_over(*, at: datetime) -> int:
    """Have the general line go on with what waits on lines that closed; return how many that is.

    Each is promised by the general line from when it came. What an agent has is theirs to end.
    """
    closed = [one.code for one in lines() if one.closed_at is not None and one.closed_at <= at]
    if not closed:
        return 0
    rows = Conversation.objects.select_for_update(skip_locked=True)
    left = rows.filter(line__in=closed, status__in=[Status.WAITING, Status.LATER])
    found = list(left.order_by("line", "comes_at", "id")[:_AT_ONCE])
    heads, routes = log.lock([one.pk for one in found]), Routes(at)
    for one in found:
        one.line, one.changed_at = GENERAL, at
        routes.promise(one, since=one.opened_at)
    Conversation.objects.bulk_update(found, ["line", "promised_at", "comes_at", "changed_at"])
    fact = EnquiryTransferred(line=GENERAL)
    log.write([(heads[one.pk], [(at, fact)]) for one in found], kind=SubjectKind.ENQUIRY, by=BY)
    return len(found)

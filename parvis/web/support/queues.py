"""The queues as they are now, for whoever sees that nobody waits too long."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.casework.enquiries.selectors import QueueNow, queues
from parvis.casework.lines.selectors import KnownAgent, KnownLine, agents, lines
from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.lib.dates import Moment
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.support.pages import moment_of


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A line's queue now."""

    code: str
    name: Text
    open: bool
    waiting: Text
    oldest: Moment | None
    promised: Moment | None
    late: Text
    some_late: bool
    given: Text
    busy: Text
    agents: Text
    """Who answer there now, and of them those who have something."""
    later: Text
    answered: Text
    width: str
    """What waits, as the length of a bar."""


@dataclass(frozen=True, slots=True)
class QueuesPage:
    """All queues now."""

    at: Moment
    lines: tuple[QueueLine, ...]


@require_safe
@private
def queues_now(request: HttpRequest) -> HttpResponse:
    """Show what waits on every line, and who is at work."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.SEE_QUEUES, request.user):
        raise Http404
    now = clock.now()
    zone = ZoneInfo(settings.TIME_ZONE)
    since = datetime.combine(now.astimezone(zone).date(), time(), zone)
    page = _page(queues(now=now, since=since), lines(), agents(), now)
    return show(request, "support/queues.html", page)


def _page(
    found: Sequence[QueueNow],
    every: Sequence[KnownLine],
    staff: Sequence[KnownAgent],
    now: datetime,
) -> QueuesPage:
    """Return all queues, those of lines on which nothing waits too."""
    by_code = {one.code: one for one in every}
    at_work = Counter(code for one in staff for code in one.lines)
    by_line = {one.line: one for one in found}
    most = max((one.waiting for one in found), default=0) or 1
    open_ = [code for code, known in by_code.items() if known.closed_at is None]
    rows = []
    for code in sorted({*open_, *by_line}):
        known = by_code.get(code)
        one = by_line.get(code) or QueueNow(code, 0, None, None, 0, 0, 0, 0, 0)
        rows.append(
            QueueLine(
                code=code,
                name=known.terms.name if known else Text(en=code, fr=code),
                open=known is not None and known.is_open_at(now),
                waiting=grouped(one.waiting),
                oldest=moment_of(one.oldest_at) if one.oldest_at else None,
                promised=moment_of(one.promised_at) if one.promised_at else None,
                late=grouped(one.late),
                some_late=one.late > 0,
                given=grouped(one.given),
                busy=grouped(one.agents),
                agents=grouped(max(at_work[code], one.agents)),
                later=grouped(one.later),
                answered=grouped(one.answered_today),
                width=f"{one.waiting / most * 100:.2f}%",
            )
        )
    return QueuesPage(moment_of(now), tuple(rows))

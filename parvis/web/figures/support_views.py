"""Pages of the support centre, for those who answer for it."""

from collections.abc import Iterable
from datetime import date, timedelta
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.lib.dates import months_before
from parvis.lib.text import Text
from parvis.readers.standards.standing import today
from parvis.readers.support.data import sheet
from parvis.readers.support.figures import (
    NOT_COUNTED,
    PARTS,
    Figures,
    NotTold,
    line_figures,
    support_figures,
    year_before,
)
from parvis.web.figures.line_page import line_page
from parvis.web.figures.support_page import AskedDays, support_page
from parvis.web.showing import show
from parvis.web.tables import table

_NO_DAY = Text(
    en="Give each day as year, month and day, such as 2023-11-30.",
    fr="Donnez l’année, le mois et le jour, par exemple 2023-11-30.",
)


@require_safe
@never_cache
@login_required
def support(request: HttpRequest) -> HttpResponse:
    """Show what was received and answered in some days, beside the same a year before."""
    _check(request)
    asked, found = _asked(request)
    wrong = asked.error not in (None, NOT_COUNTED)
    status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    page = support_page(asked, found, reads_words=user_may(Act.READ_RATINGS, request.user))
    return show(request, "figures/support.html", page, status=status)


@require_safe
@never_cache
@login_required
def support_table(request: HttpRequest) -> StreamingHttpResponse:
    """Send one split of the same as a table."""
    _check(request)
    _, found = _asked(request)
    by = request.GET.get("by", "line")
    if found is None or by not in PARTS:
        raise Http404
    name = f"support-by-{by}-{found.first.isoformat()}-{found.last.isoformat()}"
    return _sent(name, sheet(found, by))


@require_safe
@never_cache
@login_required
def support_line(request: HttpRequest, line: str) -> HttpResponse:
    """Show the daily report of a line."""
    _check(request)
    return show(
        request, "figures/support_line.html", line_page(line, line_so_far(line), today(clock.now()))
    )


@require_safe
@never_cache
@login_required
def support_line_table(request: HttpRequest, line: str) -> StreamingHttpResponse:
    """Send every day of a line as a table."""
    _check(request)
    found = line_so_far(line)
    if found is None:
        raise Http404
    return _sent(f"{line}-{found.last.isoformat()}", sheet(found, "day"))


def _check(request: HttpRequest) -> None:
    """Refuse whoever may not see it like what is not there."""
    if not user_may(Act.SEE_SUPPORT, request.user):
        raise Http404


def _asked(request: HttpRequest) -> tuple[AskedDays, Figures | None]:
    """Return what was asked for, and its figures; the last twelve whole months if nothing was."""
    last_whole = today(clock.now()).replace(day=1) - timedelta(days=1)
    first_whole = months_before(last_whole.replace(day=1), 11)
    first = request.GET.get("from", "").strip() or first_whole.isoformat()
    last = request.GET.get("to", "").strip() or last_whole.isoformat()
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
        found = support_figures(*days, before=year_before(*days))
    except ValueError:
        return AskedDays(first, last, _NO_DAY), None
    except NotTold as refused:
        return AskedDays(first, last, refused.reason), None
    return AskedDays(days[0].isoformat(), days[1].isoformat()), found


def line_so_far(line: str) -> Figures | None:
    """Return a line from its first day on; None where nothing came to it yet."""
    try:
        return line_figures(line, today(clock.now()))
    except NotTold:
        return None


def _sent(name: str, rows: Iterable[tuple[object, ...]]) -> StreamingHttpResponse:
    head, *lines = rows
    return table(name, [str(one) for one in head], lines)

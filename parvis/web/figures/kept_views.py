"""The page of the dates that we gave, for everybody; the files behind its numbers, for staff."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.programs import loader
from parvis.readers.estimates.due_files import COLUMNS, Dates, all_dates_due
from parvis.readers.estimates.scorecard import scorecard
from parvis.web.figures.kept import kept_page
from parvis.web.figures.kept_files import dates_asked, dates_page
from parvis.web.showing import show
from parvis.web.tables import table


@require_safe
def kept_dates(request: HttpRequest) -> HttpResponse:
    """Show how many of the dates that fell due were kept, of all programs or of one."""
    program = request.GET.get("program") or None
    if program is not None and program not in loader.all_programs():
        raise Http404
    page = kept_page(
        scorecard(clock.now(), program), staff=user_may(Act.OPEN_FIGURES, request.user)
    )
    return show(request, "figures/dates.html", page)


@require_safe
@never_cache
@login_required
def kept_files(request: HttpRequest) -> HttpResponse:
    """Show staff the files behind a count of dates, fifty at a time."""
    page = dates_page(_dates(request), query=request.GET)
    return show(request, "figures/dates_files.html", page)


@require_safe
@never_cache
@login_required
def kept_files_table(request: HttpRequest) -> StreamingHttpResponse:
    """Send staff all files behind a count of dates as a table."""
    dates = _dates(request)
    name = f"dates-{dates.likely}-{dates.came.value}-{dates.last.isoformat()}"
    return table(name, COLUMNS, (one.columns for one in all_dates_due(dates)))


def _dates(request: HttpRequest) -> Dates:
    """Return which dates; what are none, and what one may not see, is not there."""
    if not user_may(Act.OPEN_FIGURES, request.user):
        raise Http404
    try:
        return dates_asked(request.GET)
    except ValueError:
        raise Http404 from None

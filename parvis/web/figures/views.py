"""Pages of figures for everybody, and the files behind a number for staff."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.readers.standards.ahead import outlooks
from parvis.readers.standards.behind import COLUMNS, Figure, Kind, all_behind
from parvis.readers.standards.standing import NO_FILES, NOT_COUNTED, NotTold, check_day, today
from parvis.web.figures.asking import ask
from parvis.web.figures.backlog_page import backlog_page
from parvis.web.figures.files import files_page
from parvis.web.figures.standards_page import standards_page
from parvis.web.showing import show
from parvis.web.tables import table

_NOT_ANSWERED = 400


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """Show both measures of the service standards as they stood at the end of a day."""
    staff = user_may(Act.OPEN_FIGURES, request.user)
    asked, survey = ask(request.GET, now=clock.now(), staff=staff)
    page = standards_page(asked, survey, staff=staff)
    return show(request, "figures/standards.html", page, status=_status(asked.error))


@require_safe
def backlog(request: HttpRequest) -> HttpResponse:
    """Show what waited at the end of a day; of today also what is expected."""
    now, staff = clock.now(), user_may(Act.OPEN_FIGURES, request.user)
    asked, survey = ask(request.GET, now=now, staff=staff)
    outlook = last_on = None
    if survey is not None and survey.on == today(now):
        try:
            found = outlooks(survey.read_at)
        except NotTold:
            pass
        else:
            last_on, outlook = found.last_on, found.of(asked.program)
    page = backlog_page(asked, survey, outlook, last_on, staff=staff)
    return show(request, "figures/backlog.html", page, status=_status(asked.error))


@require_safe
@never_cache
@login_required
def files(request: HttpRequest) -> HttpResponse:
    """Show staff the files behind a figure, fifty at a time."""
    figure = _figure(request)
    page = files_page(figure, after=_after(request), query=request.GET)
    return show(request, "figures/files.html", page)


@require_safe
@never_cache
@login_required
def files_table(request: HttpRequest) -> StreamingHttpResponse:
    """Send staff all files behind a figure as a table."""
    figure = _figure(request)
    name = f"{figure.kind.value}-{figure.on.isoformat()}"
    return table(name, COLUMNS, (one.columns for one in all_behind(figure)))


def _figure(request: HttpRequest) -> Figure:
    """Return which figure; what is none, and what one may not see, is not there."""
    if not user_may(Act.OPEN_FIGURES, request.user):
        raise Http404
    asked = request.GET
    try:
        on = date.fromisoformat(asked["on"]) if asked.get("on") else today(clock.now())
        check_day(on, clock.now())
        return Figure.of(
            Kind(asked.get("kind", "")),
            on=on,
            since=date.fromisoformat(asked["since"]) if asked.get("since") else None,
            program=asked.get("program"),
            office=asked.get("office"),
        )
    except (ValueError, NotTold):
        raise Http404 from None


def _after(request: HttpRequest) -> tuple[int, int]:
    """Return after which file the page begins; the first where that is no place."""
    file, _, nth = request.GET.get("after", "").partition(".")
    given = file.isascii() and file.isdigit() and nth.isascii() and nth.isdigit()
    return (int(file[:18]), int(nth[:4])) if given else (0, -1)


def _status(error: Text | None) -> int:
    """Return 400 where what was asked cannot be told; a house without figures is no mistake."""
    return 200 if error in (None, NOT_COUNTED, NO_FILES) else _NOT_ANSWERED

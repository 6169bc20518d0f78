"""The lines of the support centre, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.casework.lines import selectors
from parvis.lib import clock
from parvis.web.lines.public import line_page, line_rows
from parvis.web.showing import show


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Show every line that takes contacts, and whether it is open now."""
    now = clock.now()
    return show(request, "lines/lines.html", line_rows(selectors.lines_open(now), now))


@require_safe
def line(request: HttpRequest, code: str) -> HttpResponse:
    """Show a line: whom it is for, when it is open where somebody is, how to reach it."""
    try:
        found = selectors.line(code)
    except selectors.UnknownLine:
        raise Http404 from None
    page = line_page(found, clock.now(), request.GET.get("zone", ""))
    return show(request, "lines/line.html", page)

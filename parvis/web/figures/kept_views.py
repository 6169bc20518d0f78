"""The page of the dates that we gave, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.lib import clock
from parvis.programs import loader
from parvis.readers.estimates.scorecard import scorecard
from parvis.web.figures.kept import kept_page
from parvis.web.showing import show


@require_safe
def kept_dates(request: HttpRequest) -> HttpResponse:
    """Show how many of the dates that fell due were kept, of all programs or of one."""
    program = request.GET.get("program") or None
    if program is not None and program not in loader.all_programs():
        raise Http404
    return show(request, "figures/dates.html", kept_page(scorecard(clock.now(), program)))

"""The page of all components: to look at, to copy from, and to compare screenshots of."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.web.components.examples import example


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component; in production, to staff alone."""
    if settings.ENVIRONMENT.production and not request.user.is_staff:
        raise Http404
    return render(request, "components/all.html", {"page": example()})

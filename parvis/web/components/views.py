"""The page of all components: to look at, to copy from, and to compare screenshots of."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.casework.people.policies import Act, user_may
from parvis.web.components.examples import example
from parvis.web.showing import show


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component; in production, to staff alone."""
    if settings.ENVIRONMENT.production and not user_may(Act.SEE_COMPONENTS, request.user):
        raise Http404
    return show(request, "components/all.html", example())

"""To a sign-in service, and back with its answer. Whatever it does, somebody reads a page."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from parvis.web.identity.openid import Service
from parvis.web.showing import show


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """Where the sign-in service asks who somebody is."""

    address: str


logger = logging.getLogger(__name__)
_LIES = (OAuth2Error, RequestException, KeyError, TypeError, ValueError, AttributeError)
"""What a service brings about that is down, slow, or does not answer as it should."""


@require_POST
@never_cache
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to a sign-in service, by a page: no form of ours may lead to another house."""
    answer = _asked(request, provider_id, OAuth2LoginView.adapter_view)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    return show(request, "identity/leaving.html", LeavingPage(answer.url))


@require_safe
@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sign in whoever comes back from a sign-in service."""
    return _asked(request, provider_id, _Callback.adapter_view)


class _Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth ships no types
    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        """Return what was kept when somebody was sent away, and have its nonce looked for."""
        state, answer = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce") or ""
        return state, answer


def _asked(
    request: HttpRequest, provider_id: str, view_of: Callable[[Service], Any]
) -> HttpResponse:
    service = Service(request, provider_id)
    try:
        provider = service.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    try:
        answer: HttpResponse = view_of(service)(request)
    except _LIES as error:
        logger.warning("signing in by %s failed: %r", provider_id, error)
        answer = render_authentication_error(request, provider, exception=error)
    return answer

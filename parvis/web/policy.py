"""The policy that tells a browser what a page of ours may load."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp's, which words the policy once where no view has its own and there is no nonce."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Put the policy on an answer."""
        ours = not any(name.startswith("_csp") for name in (*vars(request), *vars(response)))
        if ours and self._policy and HEADER not in response:
            response[HEADER] = self._policy
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer

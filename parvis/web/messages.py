"""Words for the next page: kept in the session, which only its own browser opens."""

from weakref import proxy

from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest


class InSession(SessionStorage):
    """Django's own; a request and its messages do not hold each other, so that both go at once."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(proxy(request))

"""Who asks: somebody in their browser's session, or software with a key. Nothing else comes in."""

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth

from parvis.casework.keys.entering import DoorClosed, user_by_key
from parvis.casework.people.selectors import themselves
from parvis.lib import clock

if TYPE_CHECKING:
    from parvis.casework.people.models import User


class KeyRefused(AuthenticationError):
    """What somebody came with opens nothing; which of the reasons it is, nobody is told."""

    def __init__(self) -> None:
        super().__init__(HTTPStatus.UNAUTHORIZED)


class WithKey(HttpBearer):
    """A key, or a token that was given for one, as `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> "User":
        """Return whose key it is; it says for the whole request what they may do."""
        user = user_by_key(token, at=clock.now())
        if user is None:
            raise KeyRefused
        request.user = user
        return user


def _anybody(request: HttpRequest) -> bool:
    """Let in who comes with nothing, to what is open to everybody."""
    return True


class InSession(SessionAuth):
    """Somebody who signed in, in their browser."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return who it is; raise `DoorClosed` for a client who is not let in yet."""
        user = super().authenticate(request, key)
        if user is None:
            return None
        if not getattr(request.session, "door_is_open", True):
            raise DoorClosed
        request.user = themselves(user)
        return request.user


_IN_SESSION = InSession()
SIGNED_IN = (WithKey(), _IN_SESSION)
OPEN = (WithKey(), _anybody)
"""Open to everybody; who comes with a key is told what it is for."""
TOLD_OPEN: dict[str, Any] = {"security": [{}]}
"""How the description says so."""


def at_once(run: Any) -> Any:
    """Answer somebody in their session who asks for no more than an address says, and at once.

    For an operation that reads, whose parts are texts and which writes its own answer: what ninja
    does around it takes as long as to find a file. Whoever asks otherwise goes ninja's whole way,
    and so does every refusal. Use as `@decorate_view(at_once)`.
    """
    operation = run.__self__

    @wraps(run)
    def asked(request: HttpRequest, **parts: str) -> Any:
        if request.META.get("QUERY_STRING") or "HTTP_AUTHORIZATION" in request.META:
            return run(request, **parts)
        try:
            if _IN_SESSION.authenticate(request, None):
                return operation.view_func(request, **parts)
        except Exception as error:
            return operation.api.on_exception(request, error)
        return run(request, **parts)

    return asked

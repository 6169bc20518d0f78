"""Who is signed in, without a second query where the session brought its user along (ADR 0006)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from weakref import proxy

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user,
)
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from parvis.casework.people.selectors import themselves

View = Callable[..., HttpResponseBase]
_READS = frozenset({"GET", "HEAD"})
_KEPT_NOWHERE = "max-age=0, no-cache, no-store, must-revalidate, private"


class SignedInMiddleware(AuthenticationMiddleware):
    """Django's own, which asks the session for its user before it asks the database."""

    def process_request(self, request: HttpRequest) -> None:
        """Have the request know its user as soon as somebody asks."""
        if request.method not in _READS:
            super().process_request(request)
            return
        # It does not hold the request that holds it, so that both go as soon as it is answered.
        asking = proxy(request)
        request.user = SimpleLazyObject(lambda: _user_of(asking))  # type: ignore[assignment]


def private(view: View) -> View:
    """Show a page to whoever is signed in and let in, and let nobody on its way keep it.

    A client to whom the new door is not open yet is shown where theirs is (casework/cohorts).
    """

    @wraps(view)
    def inside(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if getattr(request.session, "door_is_open", True):
            return view(request, **parts)
        where = {"address": settings.PARVIS_OLD_DOOR}
        return render(request, "public/other_door.html", where, status=HTTPStatus.FORBIDDEN)

    return own(inside)


def own(view: View) -> View:
    """Show a page of somebody's account, whichever door their applications are behind."""

    @login_required
    def signed_in(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        request.user = themselves(request.user)
        return view(request, **parts)

    @wraps(view)
    def shown(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        answer: HttpResponseBase = signed_in(request, **parts)
        answer.headers["Cache-Control"] = _KEPT_NOWHERE
        return answer

    return shown


def _user_of(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Return who is signed in. Whatever is not entirely in order, Django decides as ever."""
    return _brought_along(request) or get_user(request)


def _brought_along(request: HttpRequest) -> AbstractBaseUser | None:
    """Return the user whom the session brought along, if every check of Django's holds for them."""
    told = request.session.get(HASH_SESSION_KEY)
    user = getattr(request.session, "user", None)
    backend = request.session.get(BACKEND_SESSION_KEY)
    if user is None or not told or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    holds = (
        str(user.pk) == request.session.get(SESSION_KEY)
        and constant_time_compare(told, user.get_session_auth_hash())
        and user.is_active
    )
    return user if holds else None

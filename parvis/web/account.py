"""How people sign up and sign in, where it differs from allauth's ways."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from parvis.casework.cohorts.selectors import is_open_for
from parvis.casework.cohorts.services import record_sign_in
from parvis.casework.notices.services import address_changed
from parvis.casework.people.roles import Role
from parvis.casework.people.services import person_from_outside
from parvis.lib import clock
from parvis.web.accounts.plain import check_address
from parvis.web.identity.staff import STAFF
from parvis.web.language import in_language

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_VISITED = "visited_before"
"""Where a session keeps when its user signed in the time before."""
_WORKPLACES: dict[str, str] = {Role.AGENT: "support", Role.SUPERVISOR: "support_queues"}
"""The page at which a day of theirs begins."""


def last_visit(request: HttpRequest) -> datetime | None:
    """Return when whoever is signed in came the time before; None on a first visit."""
    kept = request.session.get(_VISITED)
    return None if kept is None else datetime.fromisoformat(kept)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Anybody may open an account; staff sign in by the department's own service."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and password do not go together."),
        "too_many_login_attempts": _("There were too many attempts. Try again in five minutes."),
        "rate_limited": _("There were too many attempts. Try again in five minutes."),
        "incorrect_code": _("This code is not right, or it was used before."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your password now."),
        "same_as_current": _("This is your address already."),
        "duplicate_email": _("This is your address already."),
    }

    def new_user(self, request: HttpRequest) -> "User":
        """Return somebody from outside, who joins now by the house's clock."""
        return person_from_outside(at=clock.now())

    def clean_email(self, email: str) -> str:
        """Refuse an address that hides what it is."""
        check_address(email)
        return email

    def pre_login(self, request: HttpRequest, user: "User", **kept: Any) -> HttpResponse | None:
        """In production, turn staff away who come another way than by the department's service."""
        by_service = (kept.get("signal_kwargs") or {}).get("sociallogin")
        came_by = by_service.account.provider if by_service else None
        if user.is_staff and settings.ENVIRONMENT.production and came_by != STAFF:
            return redirect("staff_sign_in")
        answer: HttpResponse | None = super().pre_login(request, user, **kept)
        return answer

    @transaction.atomic
    def post_login(self, request: HttpRequest, user: "User", **kept: Any) -> HttpResponse:
        """Go on in the language that somebody chose to be written to."""
        answer: HttpResponse = super().post_login(request, user, **kept)
        if user.language and "Location" in answer:
            answer["Location"] = in_language(answer["Location"], user.language)
        return answer

    @transaction.atomic
    def login(self, request: HttpRequest, user: "User") -> None:
        """Sign somebody in, and remember when they came the time before, by the house's clock."""
        before = user.last_login
        super().login(request, user)
        user.last_login = clock.now()
        user.save(update_fields=["last_login"])
        record_sign_in(user=user, let_in=is_open_for(user.pk), at=user.last_login)
        if before is not None:
            request.session[_VISITED] = before.isoformat()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to somebody in the language that they chose, or else in that of the page."""
        user = context.get("user")
        with override(getattr(user, "language", "") or get_language()):
            super().send_mail(template_prefix, email, context)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Take an address as proved; where it is another than before, notices go there, too."""
        proved: bool = super().confirm_email(request, email_address)
        if proved:
            address_changed(user=email_address.user, at=clock.now())
        return proved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead supervisors to the queues, agents to their desk, all others to the applications."""
        role = getattr(request.user, "role", "")
        return reverse(_WORKPLACES.get(role, settings.LOGIN_REDIRECT_URL))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the account once the password is another."""
        return reverse("account")

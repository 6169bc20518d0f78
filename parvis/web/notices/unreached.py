"""People whom nothing reaches: the list, and giving one of them an address that works."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.casework.mandates.terms import plain_address, wrong_address
from parvis.casework.notices.selectors import Unreached, unreached, unreached_one
from parvis.casework.notices.services import repair_address
from parvis.casework.notices.status import Way
from parvis.casework.people.policies import Act, user_may
from parvis.lib import clock
from parvis.lib.dates import Day, day_of
from parvis.lib.references import application_number
from parvis.lib.text import Text
from parvis.web.accounts.plain import check_address
from parvis.web.notices.ways_form import NUMBER, plain_number
from parvis.web.notices.words import why
from parvis.web.showing import show
from parvis.web.signed_in import private

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_AT_ONCE = 50
_NO_NUMBER = Text(
    en="Give a number with its country, like +1 613 555 0123.",
    fr="Donnez un numéro avec l’indicatif du pays, par exemple +1 613 555 0123.",
)
_NOTHING = Text(
    en="Give an address or a number that they told you.",
    fr="Donnez une adresse ou un numéro que la personne vous a communiqué.",
)
_MIXED = Text(
    en="This address has letters of several alphabets. Type it again.",
    fr="Cette adresse mêle plusieurs alphabets. Tapez-la de nouveau.",
)


@dataclass(frozen=True, slots=True)
class UnreachedLine:
    """Somebody whom nothing reaches."""

    user: int
    name: str
    email: str
    phone: str
    email_failed: bool
    phone_failed: bool
    why: Text
    since: Day
    files: tuple[str, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class UnreachedPage:
    """Some of them, those who wait longest first."""

    lines: tuple[UnreachedLine, ...]
    next: int | None
    first: bool


@dataclass(frozen=True, slots=True)
class RepairPage:
    """One of them, and the address that was typed."""

    line: UnreachedLine
    email: str = ""
    phone: str = ""
    wrong_email: Text | None = None
    wrong_phone: Text | None = None
    nothing: Text | None = None

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right."""
        return any((self.wrong_email, self.wrong_phone, self.nothing))


@require_safe
@private
def listed(request: HttpRequest) -> HttpResponse:
    """List people whom nothing reaches, fifty at a time."""
    _staff(request)
    told = request.GET.get("after", "")
    after = int(told) if told.isascii() and told.isdigit() and len(told) <= 18 else None  # noqa: PLR2004 - digits of a bigint
    found = unreached(most=_AT_ONCE + 1, after=after)
    lines = tuple(map(_line, found[:_AT_ONCE]))
    more = lines[-1].user if len(found) > _AT_ONCE else None
    return show(request, "notices/unreached.html", UnreachedPage(lines, more, after is None))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def repair(request: HttpRequest, user: int) -> HttpResponse:
    """Take down an address that works for somebody."""
    staff = _staff(request)
    found = unreached_one(user)
    if found is None:
        raise Http404
    page = RepairPage(_line(found))
    if request.method != "POST":
        return show(request, "notices/repair.html", page)
    page = _read(request, page)
    if page.wrong:
        return show(request, "notices/repair.html", page, status=422)
    at = clock.now()
    if page.email:
        address = plain_address(page.email)
        repair_address(user=user, way=Way.EMAIL, address=address, by=staff, at=at)
    if page.phone:
        number = plain_number(page.phone)
        repair_address(user=user, way=Way.TEXT, address=number, by=staff, at=at)
    messages.success(request, _("They are told now what they missed."))
    return redirect("unreached")


def _staff(request: HttpRequest) -> "User":
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.REACH, request.user):
        raise Http404
    return request.user


def _read(request: HttpRequest, page: RepairPage) -> RepairPage:
    email, phone = (request.POST.get(part, "").strip()[:300] for part in ("email", "phone"))
    return replace(
        page,
        email=email,
        phone=phone[:40],
        wrong_email=_wrong(email) if email else None,
        wrong_phone=_NO_NUMBER if phone and not NUMBER.fullmatch(plain_number(phone)) else None,
        nothing=None if email or phone else _NOTHING,
    )


def _wrong(email: str) -> Text | None:
    address = plain_address(email)
    if reason := wrong_address(address):
        return reason
    try:
        check_address(address)
    except ValidationError:
        return _MIXED
    return None


def _line(one: Unreached) -> UnreachedLine:
    return UnreachedLine(
        user=one.user,
        name=one.name,
        email=one.email,
        phone=one.phone,
        email_failed=Way.EMAIL in one.failed,
        phone_failed=Way.TEXT in one.failed,
        why=why(one.code),
        since=day_of(one.since, ZoneInfo(settings.TIME_ZONE)),
        files=tuple(map(application_number, one.files)),
        waiting=one.waiting,
    )

"""Answers kept in an account on request: seen, taken up on a device, taken along, removed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.casework.people.selectors import kept_answers_as_data, kept_answers_of
from parvis.casework.people.services import drop_answers, keep_answers
from parvis.lib import clock
from parvis.lib.dates import Day
from parvis.web.assessing import asking, cookie
from parvis.web.assessing.asking import Given
from parvis.web.assessing.views import finder_now
from parvis.web.mandates.days import shown
from parvis.web.showing import show
from parvis.web.signed_in import private

if TYPE_CHECKING:
    from parvis.casework.people.models import User


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What an account keeps of somebody's answers."""

    given: tuple[Given, ...]
    kept_on: Day | None


@require_POST
@private
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what this device knows in the account of whoever is signed in."""
    kept = cookie.read_kept(request, finder_now().asker.house)
    if kept.empty:
        return redirect("find")
    keep_answers(user=_user(request), answers=cookie.as_plain(kept), at=clock.now())
    messages.success(request, _("Your answers are in your account."))
    return redirect("account_answers")


@require_safe
@private
def kept_answers(request: HttpRequest) -> HttpResponse:
    """Show what the account keeps."""
    found, row = finder_now(), kept_answers_of(_user(request))
    if row is None:
        return show(request, "assessing/kept.html", KeptPage((), None))
    kept = cookie.kept_from(row.answers, found.asker.house)
    page = KeptPage(asking.given(found, kept), shown(row.kept_at))
    return show(request, "assessing/kept.html", page)


@require_POST
@private
def take(request: HttpRequest) -> HttpResponse:
    """Go on with the kept answers on this device."""
    row = kept_answers_of(_user(request))
    if row is None:
        return redirect("account_answers")
    kept = cookie.kept_from(row.answers, finder_now().asker.house)
    return cookie.keep(redirect("find_answers"), kept)


@require_safe
@private
def download(request: HttpRequest) -> HttpResponse:
    """Give the kept answers as data, to take along."""
    told = kept_answers_as_data(_user(request).pk)
    answer = JsonResponse(told, json_dumps_params={"indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="answers.json"'
    return answer


@require_POST
@private
def remove(request: HttpRequest) -> HttpResponse:
    """Remove the answers from the account; what the device keeps stays there."""
    drop_answers(user=_user(request))
    messages.success(request, _("Your answers are gone from your account."))
    return redirect("account_answers")


def _user(request: HttpRequest) -> "User":
    user = request.user
    assert not isinstance(user, AnonymousUser)  # noqa: S101 - signed in, for the types
    return user

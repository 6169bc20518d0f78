"""Finding a program: the questions one by one, what was answered, what fits, and why."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.lib import clock
from parvis.programs.rules.finder import Finder, finder
from parvis.readers.estimates.times import published_times
from parvis.web.assessing import asking, cookie, fields
from parvis.web.assessing.offers import found_page, offer_page
from parvis.web.assessing.pages import AnswersPage, StartPage
from parvis.web.assessing.single import listed
from parvis.web.mandates.days import today
from parvis.web.showing import show


def finder_now() -> Finder:
    """Return the finder by the rules of today."""
    return finder(today(clock.now()))


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Say what comes, and where the answers are; lead on to where somebody was."""
    kept = cookie.read_kept(request, finder_now().asker.house)
    page = StartPage(begun=not kept.empty, lost=kept.lost, days=cookie.DAYS, single=listed())
    answer = show(request, "assessing/start.html", page)
    return cookie.forget(answer) if kept.lost else answer


@require_safe
@never_cache
def go_on(request: HttpRequest) -> HttpResponse:
    """Lead to the question that comes next, or to what was found."""
    found = finder_now()
    kept = cookie.read_kept(request, found.asker.house)
    return redirect("find") if kept.lost else _next(found, kept)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def question(request: HttpRequest, code: str) -> HttpResponse:
    """Ask one question; keep the answer on the device, and go on to the next."""
    found = finder_now()
    asked = asking.question_of(found, code)
    if asked is None:
        raise Http404
    kept = cookie.read_kept(request, found.asker.house)
    if kept.lost:
        return redirect("find")
    if request.method != "POST":
        filled = fields.filled(kept.answers, asking.inputs_asked(found, asked))
        page = asking.question_page(found, asked, kept, filled, ())
        return show(request, "assessing/question.html", page)
    if "skip" in request.POST:
        after: cookie.Kept | None = kept.answered(asked.inputs, {})
    else:
        after, typed, elsewhere = asking.answer(found, asked, kept, request.POST)
        if after is None:
            page = asking.question_page(found, asked, kept, typed, elsewhere)
            return show(request, "assessing/question.html", page, status=422)
    assert after is not None  # noqa: S101 - for the types
    return cookie.keep(_next(found, after), after)


@require_safe
@never_cache
def answers(request: HttpRequest) -> HttpResponse:
    """List what was answered, each to be changed."""
    found = finder_now()
    kept = cookie.read_kept(request, found.asker.house)
    if kept.empty:
        return redirect("find")
    given = asking.given(found, kept)
    page = AnswersPage(given, _at_most(found, kept), cookie.DAYS)
    return show(request, "assessing/answers.html", page)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Have the device forget every answer."""
    messages.success(request, _("Your answers are gone from this device."))
    return cookie.forget(redirect("find"))


@require_safe
@never_cache
def results(request: HttpRequest) -> HttpResponse:
    """Show what fits, best first, with why."""
    found = finder_now()
    kept = cookie.read_kept(request, found.asker.house)
    if kept.empty:
        return redirect("find")
    may_keep = request.user.is_authenticated
    page = found_page(found, kept, _times(), can_keep=may_keep, days=cookie.DAYS)
    return show(request, "assessing/results.html", page)


@require_safe
@never_cache
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Show all there is to say of one offer: the rules one by one, papers, fee, time, the way."""
    found = finder_now()
    if code not in found.offered:
        raise Http404
    kept = cookie.read_kept(request, found.asker.house)
    if kept.lost:
        return redirect("find")
    one = next(o for o in found.all_of(kept.answers, kept.skipped) if o.offered.code == code)
    return show(request, "assessing/offer.html", offer_page(one, found, kept, _times()))


def _next(found: Finder, kept: cookie.Kept) -> HttpResponse:
    following = found.asker.next(kept.answers, kept.skipped)
    if following is None:
        return redirect("find_results")
    return redirect("find_question", code=following.code)


def _at_most(found: Finder, kept: cookie.Kept) -> int:
    return found.asker.progress(kept.answers, kept.skipped).at_most


def _times() -> dict[str, Any]:
    return {line.program: line for line in published_times(clock.now())}

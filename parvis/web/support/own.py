"""A client's own questions: what they asked, what we answered, and writing again."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.casework.enquiries.own import (
    is_out_of_sight,
    own_enquiries,
    own_enquiry,
    write_again,
)
from parvis.casework.enquiries.rated import open_question
from parvis.casework.enquiries.selectors import Enquiry
from parvis.casework.enquiries.status import ENDED
from parvis.casework.people.policies import Act, ActRefused, user_may
from parvis.lib import clock
from parvis.lib.references import enquiry_of
from parvis.web.limits import is_within
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.support.own_pages import OutOfSight, OwnPage, own_list, own_page
from parvis.web.support.writing import (
    attached,
    form_of,
    sent_files,
    typed_words,
    wrong_words,
)

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_MOST = 200


@require_safe
@private
def questions(request: HttpRequest) -> HttpResponse:
    """Show somebody what they asked us."""
    found = own_enquiries(_asking(request), most=_MOST)
    return show(request, "support/questions.html", own_list(found))


@require_safe
@private
def question(request: HttpRequest, enquiry: str) -> HttpResponse:
    """Show somebody one of their questions; another's is answered like one that is not there.

    One that goes on as part of another of theirs leads there.
    """
    found = _found(request, enquiry)
    if found is None:
        return _out_of_sight(request, enquiry)
    if found.brief.number != enquiry:
        return redirect("question", enquiry=found.brief.number)
    return show(request, "support/question.html", _page(request, found))


@require_POST
@private
def write(request: HttpRequest, enquiry: str) -> HttpResponse:
    """Take what somebody writes into a question of theirs; lose nothing typed where we cannot."""
    user, found = _asking(request), _found(request, enquiry)
    if found is None:
        return _out_of_sight(request, enquiry)
    files, wrong_files = sent_files(request)
    page = _page(request, found)
    page = replace(page, wrong_words=wrong_words(page.words), wrong_files=wrong_files)
    if page.wrong:
        return show(request, "support/question.html", page, status=422)
    if not is_within(request, "ask"):
        return render(request, "429.html", status=429)
    try:
        write_again(
            conversation=found.brief.id,
            words=page.words,
            form=page.form,
            attached=attached(files),
            by=user,
            at=clock.now(),
        )
    except ActRefused as refused:
        page = replace(page, wrong_words=refused.reason)
        return show(request, "support/question.html", page, status=422)
    messages.success(request, _("We have what you wrote."))
    return redirect("question", enquiry=found.brief.number)


def _asking(request: HttpRequest) -> "User":
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.ASK_AGAIN, request.user):
        raise Http404
    return request.user


def _found(request: HttpRequest, number: str) -> Enquiry | None:
    """Return a question as it goes on; None where that is not in the account of who asked it."""
    user, id_ = _asking(request), enquiry_of(number)
    if id_ is None:
        raise Http404
    found = own_enquiry(id_, user)
    if found is None and not is_out_of_sight(id_, user):
        raise Http404
    return found


def _out_of_sight(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a question goes on elsewhere; what was typed can be sent as a new one."""
    page = OutOfSight(
        number=number,
        wrote=request.method == "POST",
        form=form_of(request.POST.get("form", "")),
        words=typed_words(request),
    )
    return show(request, "support/out_of_sight.html", page, status=409 if page.wrote else 200)


def _page(request: HttpRequest, found: Enquiry) -> OwnPage:
    ended = found.brief.status in ENDED
    return own_page(
        found,
        form=form_of(request.POST.get("form", "")),
        words=typed_words(request),
        helped=open_question(found.brief.id, at=clock.now()) or "" if ended else "",
    )

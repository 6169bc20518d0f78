"""A client answers what they were asked for, and has what they sent before back."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from parvis.casework.applications.opening import open_file
from parvis.casework.applications.selectors import File
from parvis.casework.documents.answers import AnswerRefused
from parvis.casework.documents.policies import check_can_answer
from parvis.casework.documents.selectors import content_of, sent_one
from parvis.casework.documents.services import answer_request
from parvis.casework.documents.store import NOT_KEPT, StoreFailed
from parvis.casework.people.policies import Act, ActRefused
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.readers.tracker.request import RequestPage, file_name, receipt, request_page
from parvis.web.client.answer_form import AnswerForm, AnswerPage
from parvis.web.client.rating import ask_once
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.templatetags.speaking import said

if TYPE_CHECKING:
    from parvis.casework.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@private
def answer(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """Show what is asked and take the answer; afterwards, show what came."""
    user, file = _seen(request, number)
    asked = request_page(file, document, clock.now())
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _take(request, user, file, asked)
    if file.number != number:
        return redirect("answer", number=file.number, document=document)
    form = AnswerForm(asked, user.ref, file)
    return _shown(request, form.page(refused=_refusal(file, document)))


@require_safe
@private
def document(request: HttpRequest, number: str, id_: int) -> HttpResponseBase:
    """Give a file that the client sent, to save: to the client and to staff."""
    _user, file = _seen(request, number, Act.READ_SENT)
    if (one := sent_one(file.id, id_)) is None:
        raise Http404
    return FileResponse(
        content_of(one),
        as_attachment=True,
        filename=file_name(one, file.number),
        content_type=one.media_type.value,
    )


def _seen(request: HttpRequest, number: str, act: Act = Act.SEE) -> "tuple[User, File]":
    """Return who asks, and the one file with this number with which they may do this."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    files = open_file(number=number, act=act, by=request.user, at=clock.now())
    if len(files) != 1:
        raise Http404
    return request.user, files[0]


def _refusal(file: File, document: str) -> Text | None:
    try:
        check_can_answer(file.state, document, file.relation)
    except ActRefused as refused:
        return refused.reason
    return None


def _take(request: HttpRequest, user: "User", file: File, asked: RequestPage) -> HttpResponse:
    """Take an answer; where it cannot be taken, say why beside what was given."""
    document, at = asked.document.code, clock.now()
    refusal = _refusal(file, document)
    form = AnswerForm(asked, user.ref, file)
    try:
        # A closed request keeps nothing; the same answer once more is known by its digests.
        form.read(request.POST, request.FILES, keeps=refusal is None, at=at)
        if form.errors and refusal is None:
            return _shown(request, form.page(), status=422)
        done = answer_request(
            application=file.id,
            document=document,
            files=form.files,
            done_on=form.done_on,
            by=user,
            at=at,
        )
    except ActRefused as refused:
        return _shown(request, form.page(refused=refused.reason), status=409)
    except AnswerRefused as refused:
        form.lacks(refused.lacks)
        return _shown(request, form.page(), status=422)
    except StoreFailed:
        return _shown(request, form.page(failed=NOT_KEPT), status=503)
    told = receipt(done.application.state, document, again=done.again)
    messages.success(request, said(told.sentence))
    if not done.again:
        ask_once(request, file.number, document)
    return redirect("application", number=file.number)


def _shown(request: HttpRequest, page: AnswerPage, status: int = 200) -> HttpResponse:
    return show(request, "client/answer.html", page, status=status)

"""One question at the end of a task: was it easy? Asked once, answered in a click or not at all."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.casework.applications.opening import open_file
from parvis.casework.feedback.services import rate_task
from parvis.casework.feedback.status import Ease
from parvis.casework.people.policies import Act, ActRefused
from parvis.lib import clock
from parvis.web.signed_in import private

_ASKED = "asked_whether_easy"
"""Where a session keeps what its user is to be asked about on the next page."""


def ask_once(request: HttpRequest, number: str, document: str) -> None:
    """Have somebody asked about the task that they just did, on the page that they see next."""
    request.session[_ASKED] = [number, document]


def asked_now(request: HttpRequest, number: str) -> str | None:
    """Return the document whose answer somebody is asked about now, and never again."""
    if _ASKED not in request.session:
        return None
    about, document = request.session.pop(_ASKED)
    return str(document) if about == number else None


@require_POST
@private
def rate(request: HttpRequest, number: str, document: str) -> HttpResponse:
    """Take down whether it was easy."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    now, told = clock.now(), request.POST.get("ease", "")
    files = open_file(number=number, act=Act.ANSWER, by=request.user, at=now)
    if len(files) != 1:
        raise Http404
    if told in set(Ease):
        try:
            rate_task(file=files[0], document=document, ease=Ease(told), by=request.user, at=now)
        except ActRefused:
            raise Http404 from None
        messages.success(request, _("Thank you. We read every answer."))
    return redirect("application", number=files[0].number)

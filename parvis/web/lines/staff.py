"""The lines of the support centre, for those who work there and those who open them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.casework.lines import selectors, services
from parvis.casework.lines.policies import GENERAL, AddressRefused, CodeRefused, check_code
from parvis.casework.lines.selectors import KnownLine
from parvis.casework.people.policies import Act, ActRefused, user_may
from parvis.casework.people.selectors import user_by_email
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.programs.support_lines.loader import UnknownModel, model
from parvis.readers.standards.standing import today
from parvis.web.figures.line_page import line_page
from parvis.web.figures.support_views import line_so_far
from parvis.web.lines.archive import archive
from parvis.web.lines.form import LineForm, parts_of
from parvis.web.lines.staff_pages import form_page, lines_page, staff_page
from parvis.web.showing import show
from parvis.web.signed_in import own

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_LIKE = "crisis"
_LONGEST = 80
_NOBODY = Text(
    en="Choose somebody who answers clients.", fr="Choisissez une personne qui répond aux clients."
)


@require_safe
@own
def lines(request: HttpRequest) -> HttpResponse:
    """Show every line: whether it is open, who answers, and the archive."""
    user = _asking(request, Act.SEE_LINES)
    page = lines_page(
        selectors.lines(),
        selectors.agents(),
        clock.now(),
        may_open=user_may(Act.OPEN_LINE, user),
    )
    return show(request, "lines/staff_lines.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def open_(request: HttpRequest) -> HttpResponse:
    """Open a line like a template, with who is lent to it."""
    user = _asking(request, Act.OPEN_LINE)
    said = request.POST if request.method == "POST" else request.GET
    like = said.get("like", _LIKE)
    try:
        form = LineForm(model(like))
    except UnknownModel:
        raise Http404 from None
    code, lent = said.get("code", "").strip()[:_LONGEST], said.getlist("lend")
    if request.method == "POST":
        terms = form.read(request.POST)
        _check(form, code)
        if terms is not None and not form.wrongs:
            try:
                services.open_line(
                    code=code,
                    terms=terms,
                    like=like,
                    lend=_users(lent),
                    by=user,
                    at=clock.now(),
                )
            except ActRefused as refused:
                form.refuse(_field(refused), refused.reason)
            else:
                messages.success(request, _("The line is open. Its public page is there, too."))
                return redirect("staff_line", code)
    page = form_page(form, new_code=code, like=like, agents=selectors.agents(), lent=lent)
    return show(request, "lines/form.html", page, status=422 if form.wrongs else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a line's hours, words, channels or targets."""
    user = _asking(request, Act.OPEN_LINE)
    line = _line(code)
    form = LineForm(line.terms, line.terms.name)
    if request.method == "POST":
        terms = form.read(request.POST)
        if terms is not None:
            try:
                services.change_line(line=code, terms=terms, by=user, at=clock.now())
            except ActRefused as refused:
                form.refuse(_field(refused), refused.reason)
            else:
                messages.success(request, _("The line is changed from now on."))
                return redirect("staff_line", code)
    status = 422 if form.wrongs else 200
    return show(request, "lines/form.html", form_page(form, code=code), status=status)


@require_safe
@own
def line(request: HttpRequest, code: str) -> HttpResponse:
    """Show a line: hours, script, targets, who answers."""
    return _shown(request, _asking(request, Act.SEE_LINES), _line(code))


@require_POST
@own
def staff(request: HttpRequest, code: str) -> HttpResponse:
    """Have somebody answer on a line, as their own or lent to it."""
    user, found = _asking(request, Act.OPEN_LINE), _line(code)
    chosen = user_by_email(request.POST.get("agent", "")[:254])
    act = services.place_agent if request.POST.get("as") == "own" else services.lend_agent
    if chosen is None:
        return _shown(request, user, found, wrong=_NOBODY)
    now = clock.now()
    try:
        if "languages" in request.POST:
            services.describe_agent(
                user=chosen,
                languages=parts_of(request.POST["languages"]),
                skills=parts_of(request.POST.get("skills", "")),
                by=user,
                at=now,
            )
        act(line=code, user=chosen, by=user, at=now)
    except ActRefused as refused:
        return _shown(request, user, found, wrong=refused.reason)
    messages.success(request, _("They answer on this line from now on."))
    return redirect("staff_line", code)


@require_POST
@own
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Have somebody leave a line: who was lent goes back to their own."""
    user, found = _asking(request, Act.OPEN_LINE), _line(code)
    chosen = user_by_email(request.POST.get("agent", "")[:254])
    if chosen is None:
        return _shown(request, user, found, wrong=_NOBODY)
    services.return_agent(line=code, user=chosen, by=user, at=clock.now())
    messages.success(request, _("They answer on this line no more."))
    return redirect("staff_line", code)


@require_POST
@own
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a line into the archive."""
    user, found = _asking(request, Act.OPEN_LINE), _line(code)
    try:
        services.close_line(line=code, by=user, at=clock.now())
    except ActRefused as refused:
        return _shown(request, user, found, wrong=refused.reason)
    messages.success(request, _("The line is closed, and stays to be read."))
    return redirect("staff_line", code)


def _asking(request: HttpRequest, act: Act) -> "User":
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(act, request.user):
        raise Http404
    return request.user


def _line(code: str) -> KnownLine:
    try:
        return selectors.line(code)
    except selectors.UnknownLine:
        raise Http404 from None


def _check(form: LineForm, code: str) -> None:
    try:
        check_code(code)
    except ActRefused as refused:
        form.refuse("code", refused.reason)


def _field(refused: ActRefused) -> str:
    """Return the field that a refusal is about."""
    if isinstance(refused, CodeRefused):
        return "code"
    return "email" if isinstance(refused, AddressRefused) else "lend"


def _users(emails: Sequence[str]) -> "list[User]":
    return [user for email in emails if (user := user_by_email(email)) is not None]


def _shown(
    request: HttpRequest, user: "User", line: KnownLine, wrong: Text | None = None
) -> HttpResponse:
    archived = None
    if line.closed_at is not None:
        report = None
        if user_may(Act.SEE_SUPPORT, user):
            report = line_page(line.code, line_so_far(line.code), today(clock.now()))
        archived = archive(line, report)
    page = staff_page(
        line,
        selectors.agents(),
        clock.now(),
        may_change=user_may(Act.OPEN_LINE, user),
        may_close=line.code != GENERAL,
        wrong=wrong,
        archive=archived,
    )
    return show(request, "lines/staff_line.html", page, status=422 if wrong else 200)

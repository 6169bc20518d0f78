"""Asking by the form. Where the answer is on the file it is shown first; most need ask no more."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parvis.casework.applications.selectors import File, files_of
from parvis.casework.enquiries.asking import SHOWN_FOR_S, Shown, ask, count_avoided
from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.policies import is_theirs
from parvis.casework.enquiries.recognising import all_said, recognised
from parvis.casework.enquiries.routing import is_open_to
from parvis.casework.enquiries.status import Channel
from parvis.casework.mandates.terms import plain_address, wrong_address
from parvis.casework.people.roles import Role
from parvis.lib import clock
from parvis.lib.dates import Moment
from parvis.lib.references import enquiry_number
from parvis.lib.text import Language, Text
from parvis.programs.topics.loader import all_topics
from parvis.readers.tracker import file_lines
from parvis.web.limits import is_within
from parvis.web.showing import show
from parvis.web.support.drafts import answer_of
from parvis.web.support.pages import Choice, moment_of
from parvis.web.support.writing import attached as attached_of
from parvis.web.support.writing import form_of, sent_files, typed_words, wrong_words

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_LONGEST_SUBJECT = 200
_SALT = "answer-shown"
_FOR_OTHERS = Text(
    en="That line is for the offices of members of Parliament and senators, once they have signed"
    " in. Your question goes to the general line.",
    fr="Cette ligne est réservée aux bureaux de députés et de sénateurs qui ont ouvert une session."
    " Votre question ira à la ligne générale.",
)


@dataclass(frozen=True, slots=True)
class AskPage:
    """The form, with what was typed."""

    form: str
    signed_in: bool
    email: str
    subject: str
    words: str
    line: str
    topics: tuple[Choice, ...]
    applications: tuple[Choice, ...]
    for_others: Text | None
    """That the line that they came from does not answer them."""
    wrong_email: Text | None = None
    wrong_words: Text | None = None
    wrong_files: Text | None = None

    @property
    def wrong(self) -> bool:
        """Whether something has to be put right."""
        return any((self.wrong_email, self.wrong_words, self.wrong_files))


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """The answer that is on the file, before anything is sent."""

    number: str
    answer: tuple[str, ...]
    shown: str
    """What was shown for which form, signed: so much counts as avoided."""
    typed: AskPage
    chosen_topic: str


@dataclass(frozen=True, slots=True)
class SentPage:
    """What becomes of an enquiry that we have."""

    number: str
    promised: Moment
    email: str
    again: bool
    in_account: bool
    """Whether they can read it, and the answer, in their account."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Ask what somebody wants to know; answer from their file where it says so, or take it."""
    user = None if isinstance(request.user, AnonymousUser) else request.user
    files = [] if user is None else files_of(user)
    page = _page(request, user, files)
    if request.method != "POST":
        return show(request, "support/ask.html", page)
    page, attached = _checked(request, page, user)
    if page.wrong:
        return show(request, "support/ask.html", page, status=422)
    if not is_within(request, "ask"):
        return render(request, "429.html", status=429)
    topic = next((one.code for one in page.topics if one.chosen), None)
    file = _file(request, files)
    if file and not attached and request.POST.get("anyway") != "yes":
        about = topic or recognised(all_said(page.subject, page.words)).topic or ""
        if answer := answer_of(file, about, _language(), clock.now()):
            shown = signing.dumps(Shown(page.form, page.line, about), salt=_SALT)
            told = AnsweredPage(file.number, tuple(answer), shown, page, topic or "")
            return show(request, "support/answer.html", told)
    return _sent(request, page, topic, file, attached, user)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answered(request: HttpRequest) -> HttpResponse:
    """Count that somebody had nothing more to ask once they had seen the answer on their file."""
    if request.method != "POST":
        return render(request, "support/answered.html")
    if not isinstance(request.user, AnonymousUser):
        with suppress(signing.BadSignature):
            told = request.POST.get("shown", "")
            shown = Shown(*signing.loads(told, salt=_SALT, max_age=SHOWN_FOR_S))
            count_avoided(shown=shown, language=_language(), by=request.user, at=clock.now())
    return redirect("ask_answered")


def _page(request: HttpRequest, user: "User | None", files: list[File]) -> AskPage:
    told, role = request.POST, None if user is None else Role(user.role)
    chosen_topic, chosen_file = told.get("topic", ""), told.get("application", "")
    topics, line = all_topics(), told.get("line") or request.GET.get("line", "")
    return AskPage(
        form=form_of(told.get("form", "")),
        signed_in=user is not None,
        email=user.email if user else told.get("email", "").strip()[:300],
        subject=" ".join(told.get("subject", "").split())[:_LONGEST_SUBJECT],
        words=typed_words(request),
        line=line,
        topics=tuple(
            Choice(code, one.name, code == chosen_topic)
            for code, one in topics.items()
            if one.only_for in {None, role}
        ),
        for_others=None if is_open_to(role, line, topics) else _FOR_OTHERS,
        applications=tuple(
            Choice(one.number, _named(one), one.number == chosen_file) for one in files
        ),
    )


def _checked(
    request: HttpRequest, page: AskPage, user: "User | None"
) -> tuple[AskPage, list[Attached]]:
    files, wrong_files = sent_files(request)
    page = replace(
        page,
        wrong_email=None if user else wrong_address(plain_address(page.email)),
        wrong_words=wrong_words(page.words),
        wrong_files=wrong_files,
    )
    return page, [] if page.wrong else attached_of(files)


def _sent(  # noqa: PLR0913, PLR0917 - what was typed, and by whom
    request: HttpRequest,
    page: AskPage,
    topic: str | None,
    file: File | None,
    attached: list[Attached],
    user: "User | None",
) -> HttpResponse:
    asked = Asked(
        channel=Channel.FORM,
        address=page.email if user else plain_address(page.email),
        subject=page.subject,
        said=page.words,
        language=_language(),
        line=page.line,
        topic=topic,
        application=None if file is None else file.id,
    )
    taken = ask(asked=asked, form=page.form, attached=attached, by=user, at=clock.now())
    page_after = SentPage(
        number=enquiry_number(taken.conversation.pk),
        promised=moment_of(taken.conversation.promised_at),
        email=asked.address,
        again=taken.again,
        in_account=user is not None and is_theirs(taken.conversation, user),
    )
    return show(request, "support/sent.html", page_after)


def _file(request: HttpRequest, files: list[File]) -> File | None:
    """Return the application that is asked about; the only one where there is no other."""
    chosen = request.POST.get("application", "")
    found = [one for one in files if one.number == chosen]
    if found:
        return found[0]
    return files[0] if len(files) == 1 and chosen != "none" else None


def _named(file: File) -> Text:
    [line] = file_lines([file], clock.now())
    name = line.program.name
    return Text(en=f"{name.en} – {file.number}", fr=f"{name.fr} – {file.number}")


def _language() -> Language:
    return "fr" if get_language() == "fr" else "en"

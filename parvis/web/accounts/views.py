"""The account of whoever is signed in: what it holds, and in which language we write to them."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from parvis.casework.notices.selectors import wishes_of
from parvis.casework.people.policies import Act, user_may
from parvis.casework.people.selectors import client_of, language_of
from parvis.casework.people.services import choose_language
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.web.language import in_language
from parvis.web.showing import show
from parvis.web.signed_in import own


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What an account holds."""

    address: str
    language: str
    """`en`, `fr`, or empty where nothing was chosen yet."""
    has_password: bool
    passkeys: int
    has_app: bool
    devices: int
    wish: str
    """How they want to be told of what happens: `email`, `text` or `none`."""
    linkable: bool
    """Whether a file could still be brought into this account."""
    keys: bool
    """Whether they look after keys for software."""
    doors: bool
    """Whether they see to whom the new door is open."""
    lines: bool
    """Whether they see the lines of the support centre."""


@dataclass(frozen=True, slots=True)
class LanguagePage:
    """The language in which somebody is written to."""

    language: str
    wrong: bool = False


@require_safe
@own
def account(request: HttpRequest) -> HttpResponse:
    """Show what the account holds, and lead to each part of it."""
    user = request.user
    assert not isinstance(user, AnonymousUser)  # noqa: S101 - signed in, for the types
    factors = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    client = client_of(user)
    page = AccountPage(
        address=user.email,
        language=language_of(user, client),
        has_password=user.has_usable_password(),
        passkeys=factors.count(Authenticator.Type.WEBAUTHN),
        has_app=Authenticator.Type.TOTP in factors,
        devices=len(UserSession.objects.purge_and_list(user)),
        wish=wishes_of(user, now=clock.now()).ways.wish,
        linkable=client is None and user_may(Act.LINK, user),
        keys=user_may(Act.MAKE_KEYS, user),
        doors=user_may(Act.SEE_DOORS, user),
        lines=user_may(Act.SEE_LINES, user),
    )
    return show(request, "account/home.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def language(request: HttpRequest) -> HttpResponse:
    """Ask in which language to write to somebody; go on in the one that they choose."""
    user = request.user
    assert not isinstance(user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if request.method != "POST":
        page = LanguagePage(language_of(user, client_of(user)))
        return show(request, "account/language.html", page)
    told = request.POST.get("language", "")
    if told not in LANGUAGES:
        page = LanguagePage(user.language, wrong=True)
        return show(request, "account/language.html", page, status=422)
    chosen: Language = told
    choose_language(user=user, language=chosen, by=user.ref, at=clock.now())
    with override(chosen):
        messages.success(request, _("We will write to you in English."))
    return redirect(in_language(reverse("account"), chosen))


def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """Tell staff that they sign in by the department's own service."""
    return render(request, "account/staff_sign_in.html")

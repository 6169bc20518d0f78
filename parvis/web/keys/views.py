"""Keys: those that somebody looks after, making one, and revoking one."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.casework.keys.selectors import KeyLine, keys_seen_by, system_keys
from parvis.casework.keys.services import NewKey, make_key, revoke_key, system
from parvis.casework.keys.status import KeyState
from parvis.casework.people.policies import Act, ActRefused, user_may
from parvis.casework.people.roles import Role
from parvis.lib import clock
from parvis.lib.dates import Day
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.web.keys.form import KeyForm, key_form
from parvis.web.keys.words import ACTS, STATES
from parvis.web.mandates.days import last_day, shown
from parvis.web.showing import show
from parvis.web.signed_in import own

if TYPE_CHECKING:
    from parvis.casework.people.models import User

_NO_DAY = Text(
    en="Give a last day within a year, like 2027-05-03.",
    fr="Donnez un dernier jour d’ici un an, comme 2027-05-03.",
)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key in the list."""

    id: int
    name: str
    hint: str
    owner: str
    own: bool
    state: Text
    good: bool
    acts: tuple[Text, ...]
    programs: tuple[Text, ...]
    """Empty for all."""
    made_on: Day
    until: Day
    used_on: Day | None


@dataclass(frozen=True, slots=True)
class KeysPage:
    """The keys that somebody looks after."""

    rows: tuple[KeyRow, ...]
    for_systems: bool


@dataclass(frozen=True, slots=True)
class MadePage:
    """A key, the one time that it is told."""

    id: str
    name: str
    secret: str
    until: Day


@require_safe
@own
def keys(request: HttpRequest) -> HttpResponse:
    """Show the keys that somebody looks after: their own and their firm's, or the department's."""
    user, now = asking(request), clock.now()
    manages = user_may(Act.MANAGE_KEYS, user)
    found = system_keys(now=now) if manages else keys_seen_by(user, now=now)
    return show(request, "keys/keys.html", KeysPage(tuple(map(_row, found)), manages))


@require_http_methods(["GET", "HEAD", "POST"])
@own
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def add(request: HttpRequest) -> HttpResponse:
    """Ask what a key is for, make it, and tell it this once."""
    user, now = asking(request), clock.now()
    manages = user_may(Act.MANAGE_KEYS, user)
    role = Role.SYSTEM if manages else Role(user.role)
    form = key_form(role, request.POST if request.method == "POST" else None, now)
    if request.method != "POST":
        return show(request, "keys/add.html", form)
    ends_at = form.ends_at()
    if ends_at is None:
        return _again(request, form, _NO_DAY)
    try:
        made = _made(form, user, ends_at, now)
    except ActRefused as refused:
        return _again(request, form, refused.reason)
    page = MadePage(str(made.id), form.name, made.secret, last_day(ends_at))
    return show(request, "keys/made.html", page)


@require_POST
@own
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """Revoke a key at once."""
    user, now = asking(request), clock.now()
    manages = user_may(Act.MANAGE_KEYS, user)
    found = system_keys(now=now) if manages else keys_seen_by(user, now=now)
    if key_id not in {line.id for line in found}:
        raise Http404
    revoke_key(key=key_id, by=user, at=now)
    messages.success(request, _("The key is revoked. It opens nothing any more."))
    return redirect("keys")


def asking(request: HttpRequest) -> "User":
    """Return who asks, if software is anything to them: to other staff, these are not there."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 - signed in, for the types
    if not user_may(Act.MAKE_KEYS, request.user):
        raise Http404
    return request.user


def _made(form: KeyForm, user: "User", ends_at: datetime, now: datetime) -> NewKey:
    return make_key(
        owner=system(code=form.system, at=now) if form.for_systems else user,
        name=form.name,
        acts=form.chosen_acts,
        programs=form.chosen_programs,
        expires_at=ends_at,
        by=user,
        at=now,
    )


def _again(request: HttpRequest, form: KeyForm, wrong: Text) -> HttpResponse:
    return show(request, "keys/add.html", replace(form, wrong=wrong), status=422)


def _row(line: KeyLine) -> KeyRow:
    programs = loader.all_programs()
    return KeyRow(
        id=line.id,
        name=line.name,
        hint=line.hint,
        owner=line.owner,
        own=line.own,
        state=STATES[line.state],
        good=line.state is KeyState.GOOD,
        acts=tuple(words for act, words in ACTS.items() if act in line.acts),
        programs=tuple(programs[one].name for one in line.programs or () if one in programs),
        made_on=shown(line.made_at),
        until=last_day(line.expires_at),
        used_on=None if line.last_used_at is None else shown(line.last_used_at),
    )

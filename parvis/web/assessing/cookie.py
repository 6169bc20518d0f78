"""Answers on the device of whoever gives them: in one signed cookie, and nowhere else.

No script can read it, it is in no address and no log, and it goes by itself. What cannot be read
any more (another version of the rules, a changed cookie) is asked anew rather than guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from parvis.engines.rules.kinds import Value
from parvis.engines.rules.offers import House
from parvis.engines.rules.reading import read_value
from parvis.engines.rules.refusals import Refusal
from parvis.engines.rules.rules import Input
from parvis.engines.rules.telling import plain

COOKIE = "answers"
DAYS = 14
_SECONDS = DAYS * 24 * 60 * 60
_SALT = "parvis.web.assessing"
_LARGEST = 3_800
"""Characters that a browser keeps for certain, with the name and the rest beside them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody answered so far, and what they would not answer."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    lost: bool = False
    """Whether something was kept that cannot be read."""

    @property
    def empty(self) -> bool:
        """Whether nothing is there yet."""
        return not self.answers and not self.skipped

    def without(self, inputs: Iterable[str]) -> "Kept":
        """Return what was known before some inputs were asked for."""
        asked = frozenset(inputs)
        others = {name: value for name, value in self.answers.items() if name not in asked}
        return Kept(others, self.skipped - asked)

    def answered(self, inputs: Iterable[str], answers: Mapping[str, Value]) -> "Kept":
        """Return what is known once a question is answered; what it left out was skipped."""
        asked, before = frozenset(inputs), self.without(inputs)
        given = {name: value for name, value in answers.items() if value is not None}
        return Kept({**before.answers, **given}, before.skipped | (asked - given.keys()))


def inputs_of(house: House) -> dict[str, Input]:
    """Return every input that there is a question for, by name."""
    return {
        name: one
        for rules in house.rules.values()
        for name, one in rules.inputs.items()
        if name in house.askable
    }


def read_kept(request: HttpRequest, house: House) -> Kept:
    """Return what this device keeps."""
    told = request.COOKIES.get(COOKIE)
    if not told:
        return Kept()
    try:
        return kept_from(signing.loads(told, salt=_SALT, max_age=_SECONDS), house)
    except signing.SignatureExpired:
        return Kept()
    except (signing.BadSignature, ValueError):
        return Kept(lost=True)


def kept_from(said: Any, house: House) -> Kept:
    """Return answers from plain data, without those that today's rules do not know."""
    inputs = inputs_of(house)
    if not isinstance(said, dict) or not isinstance(said.get("answers"), dict):
        return Kept(lost=True)
    answers: dict[str, Value] = {}
    for name, value in said["answers"].items():
        if name in inputs:
            latest = None if inputs[name].future else house.on
            read = read_value(name, value, inputs[name].kind, latest)
            if not isinstance(read, Refusal) and read is not None:
                answers[name] = read
    skipped = said.get("skipped")
    named = frozenset(skipped) if isinstance(skipped, list) else frozenset()
    return Kept(answers, named & inputs.keys() - answers.keys())


def as_plain(kept: Kept) -> dict[str, Any]:
    """Return answers as plain data."""
    return {
        "answers": {name: plain(value) for name, value in kept.answers.items()},
        "skipped": sorted(kept.skipped),
    }


def keep(response: HttpResponse, kept: Kept) -> HttpResponse:
    """Have the device keep these answers."""
    told = signing.dumps(as_plain(kept), salt=_SALT, compress=True)
    assert len(told) < _LARGEST, "every answer that is asked for fits in a cookie"  # noqa: S101
    response.set_cookie(
        COOKIE,
        told,
        max_age=_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Have the device forget them."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response

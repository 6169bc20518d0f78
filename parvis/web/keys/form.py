"""The form in which a key is made: what was typed, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import QueryDict

from parvis.casework.keys.policies import LONGEST_DAYS
from parvis.casework.people.policies import SCOPES, Act
from parvis.casework.people.roles import Role
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.web.keys.words import ACTS
from parvis.web.mandates.days import ends_after, today

_DAYS = 90
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick."""

    code: str
    name: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class KeyForm:
    """The form as it stands."""

    for_systems: bool
    """Whether keys are for other systems of the department, which are named by a code."""
    name: str
    system: str
    acts: tuple[Choice, ...]
    all: bool
    programs: tuple[Choice, ...]
    ends: str
    earliest: str
    latest: str
    wrong: Text | None = None

    @property
    def chosen_acts(self) -> frozenset[Act]:
        """What the key is to be for."""
        return frozenset(Act(one.code) for one in self.acts if one.chosen)

    @property
    def chosen_programs(self) -> frozenset[str] | None:
        """The programs whose files it is to open; None for all."""
        return None if self.all else frozenset(one.code for one in self.programs if one.chosen)

    def ends_at(self) -> datetime | None:
        """Return the moment at which it is over; None where no day was given."""
        try:
            day = date.fromisoformat(self.ends)
        except ValueError:
            return None
        # The last day counts whole, and the latest may be chosen.
        return ends_after(day) if self.earliest <= self.ends <= self.latest else None


def key_form(role: Role, post: QueryDict | None, now: datetime) -> KeyForm:
    """Return the form for keys of somebody in this role, with what was typed if anything was."""
    first = today(now)
    typed = post or QueryDict()
    acts = typed.getlist("acts") if post is not None else [Act.SEE]
    some = typed.get("scope") == "some"
    default = (first + timedelta(days=_DAYS)).isoformat()
    return KeyForm(
        for_systems=role is Role.SYSTEM,
        name=typed.get("name", "").strip()[:_LONGEST],
        system=typed.get("system", "").strip()[:_LONGEST],
        acts=tuple(
            Choice(act, words, act in acts) for act, words in ACTS.items() if act in SCOPES[role]
        ),
        all=not some,
        programs=tuple(
            Choice(code, one.name, some and code in typed.getlist("programs"))
            for code, one in loader.all_programs().items()
        ),
        ends=typed.get("ends", "").strip()[:20] if post is not None else default,
        earliest=first.isoformat(),
        latest=(first + timedelta(days=LONGEST_DAYS - 1)).isoformat(),
    )

"""The form in which a client gives a mandate: what was typed, and what is wrong with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict

from parvis.casework.applications.selectors import File
from parvis.casework.mandates.status import MAY_BE_FOR, READS, MandateKind
from parvis.casework.mandates.terms import NO_KIND, NOT_A_DAY, Field, Terms, Wrong, plain_address
from parvis.casework.mandates.terms import wrongs_of as wrongs_of_terms
from parvis.casework.people.policies import DELEGABLE, Act
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.web.mandates.days import begins_on, ends_after, today
from parvis.web.mandates.words import ACTS, EXPLAINED, KINDS

_LONGEST = 300
_NOBODYS = 0
"""The subject of no file: what a number that is not theirs stands for."""
_IDS = {
    "kind": "kind-representative",
    "address": "id_address",
    "acts": "act-answer",
    "applications": "applications-all",
    "begins": "id_begins",
    "ends": "id_ends",
}
"""Where whoever follows a sentence about a field arrives."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    code: str
    name: Text
    hint: Text | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A sentence about a field, and where that is."""

    field: Field
    id: str
    reason: Text


@dataclass(frozen=True, slots=True)
class WrongAt:
    """What is wrong with each field."""

    kind: Text | None = None
    address: Text | None = None
    acts: Text | None = None
    applications: Text | None = None
    begins: Text | None = None
    ends: Text | None = None


@dataclass(frozen=True, slots=True)
class GivePage:
    """The form as it stands."""

    wrongs: tuple[WrongLine, ...]
    wrong: WrongAt
    kinds: tuple[Choice, ...]
    address: str
    acts: tuple[Choice, ...]
    receives: bool
    all: bool
    applications: tuple[Choice, ...]
    begins: str
    ends: str
    earliest: str


class GiveForm:
    """Reads what was typed."""

    def __init__(self, own: Sequence[File], now: datetime) -> None:
        self._own, self._now = own, now
        self._kind: MandateKind | None = None
        self._address = self._ends = ""
        self._begins = today(now).isoformat()
        self._acts: frozenset[Act] = DELEGABLE
        self._all = True
        self._receives = False
        self._chosen: frozenset[str] = frozenset()
        self.wrongs: tuple[Wrong, ...] = ()

    def read(self, post: QueryDict, own_addresses: Collection[str]) -> Terms | None:
        """Return what a post says a mandate is; None where something is wrong with it."""
        kind = post.get("kind", "")
        self._kind = MandateKind(kind) if kind in set(MandateKind) else None
        self._address = post.get("address", "").strip()[:_LONGEST]
        self._begins, self._ends = (post.get(name, "").strip()[:20] for name in ("begins", "ends"))
        self._acts = READS | {act for act in DELEGABLE if act in post.getlist("acts")}
        self._receives = post.get("receives") == "yes"
        self._all = post.get("scope") != "some"
        self._chosen = frozenset(post.getlist("applications"))
        begins, ends = _day(self._begins), _day(self._ends)
        wrongs = []
        if self._kind is None:
            wrongs.append(Wrong("kind", NO_KIND))
        if self._begins and begins is None:
            wrongs.append(Wrong("begins", NOT_A_DAY))
        if self._ends and ends is None:
            wrongs.append(Wrong("ends", NOT_A_DAY))
        terms = self._terms(begins, ends)
        found = wrongs_of_terms(
            terms, own_addresses=own_addresses, own=[file.id for file in self._own], at=self._now
        )
        self.wrongs = (*wrongs, *found)
        return None if self.wrongs else terms

    def page(self) -> GivePage:
        """Return the form as it stands."""
        return GivePage(
            wrongs=tuple(WrongLine(one.field, _IDS[one.field], one.reason) for one in self.wrongs),
            wrong=WrongAt(**{one.field: one.reason for one in self.wrongs}),
            kinds=tuple(
                Choice(kind, KINDS[kind], EXPLAINED[kind], kind is self._kind)
                for kind in MandateKind
            ),
            address=self._address,
            acts=tuple(
                Choice(act, words, None, act in self._acts)
                for act, words in ACTS.items()
                if act not in READS
            ),
            receives=self._receives,
            all=self._all,
            applications=tuple(
                Choice(
                    file.number,
                    loader.program(file.state.program).name,
                    None,
                    file.number in self._chosen,
                )
                for file in self._own
            ),
            begins=self._begins,
            ends=self._ends,
            earliest=today(self._now).isoformat(),
        )

    def _terms(self, begins: date | None, ends: date | None) -> Terms:
        """Return the terms; who is only told does no more than read, whatever was ticked."""
        kind = self._kind or MandateKind.REPRESENTATIVE
        numbers = {file.number: file.id for file in self._own}
        return Terms(
            kind=kind,
            address=plain_address(self._address),
            acts=self._acts & MAY_BE_FOR[kind],
            applications=None
            if self._all
            else tuple(sorted(numbers.get(number, _NOBODYS) for number in self._chosen)),
            begins_at=self._now if begins is None else begins_on(begins, now=self._now),
            ends_at=None if ends is None else ends_after(ends),
            receives=self._receives and kind is MandateKind.REPRESENTATIVE,
        )


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return None if day.year > _LAST_YEAR else day


_LAST_YEAR = 9000
"""After it, a day has no next one that can be calculated with."""

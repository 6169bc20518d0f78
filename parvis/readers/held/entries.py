"""The facts of a file as its client reads them: each told, or counted where it is withheld."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.selectors import File
from parvis.casework.events.facts import Fact
from parvis.casework.events.log import Recorded
from parvis.casework.people.roles import Role
from parvis.lib.dates import moment
from parvis.lib.text import Text
from parvis.programs.grounds import NOT_REVIEWED, Ground, grounds
from parvis.programs.schema import Program
from parvis.readers.held.page import Doer, EntryLine, WithheldLine
from parvis.readers.held.words import DOER_OF, DOERS, plural, reader_of
from parvis.readers.tracker.history import told, when

_USER = "user:"


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that is told, with how."""

    recorded: Recorded
    line: EntryLine


def entries_of(
    file: File, recorded: Sequence[Recorded], program: Program, roles: Mapping[int, Role]
) -> tuple[list[Told], tuple[WithheldLine, ...]]:
    """Return the facts that are told, as they happened, and how many are not, by ground.

    What the tracker keeps for officers is withheld here: its ground is counted and nothing else.
    """
    shown, kept_back = [], Counter[str]()
    newest_first = sorted(recorded, key=when, reverse=True)
    lines = told(recorded, program, officer=True)
    for one, line in zip(reversed(newest_first), reversed(lines), strict=True):
        if line.officer_only:
            kept_back[_ground(one.fact, program)] += 1
            continue
        doer = _doer(one, file, roles)
        happened = moment(one.at, program.time_zone)
        learned = moment(one.recorded_at, program.time_zone)
        shown.append(
            Told(
                one,
                EntryLine(
                    seq=one.seq,
                    kind=line.kind,
                    sentence=line.sentence,
                    happened=happened,
                    recorded=learned,
                    same_day=happened.on == learned.on,
                    doer=doer,
                    by=DOERS[doer],
                ),
            )
        )
    return shown, tuple(_withheld(code, kept_back[code]) for code in grounds() if kept_back[code])


def users_in(recorded: Sequence[Recorded]) -> set[int]:
    """Return the ids of those who are said to have done something."""
    return {user for one in recorded if (user := _user(one)) is not None}


def _user(one: Recorded) -> int | None:
    named = one.by.removeprefix(_USER)
    return int(named) if named != one.by and named.isascii() and named.isdigit() else None


def _doer(one: Recorded, file: File, roles: Mapping[int, Role]) -> Doer:
    if one.fact.source is not None:
        return Doer.OTHER_SYSTEM
    user = _user(one)
    if user is None:
        return Doer.SYSTEM
    if user == reader_of(file):
        return Doer.YOU
    if isinstance(one.fact, ClientAnswered) and one.fact.mandate is not None:
        return Doer.REPRESENTATIVE
    return DOER_OF.get(roles[user], Doer.STAFF) if user in roles else Doer.STAFF


def _ground(fact: Fact, program: Program) -> str:
    """Return why a fact is withheld; a ground that nobody named is not made up."""
    known = program.history.activities.get(fact.source.activity) if fact.source else None
    named = known.ground if known else None
    return named if named in grounds() else NOT_REVIEWED


def _withheld(code: str, count: int) -> WithheldLine:
    ground = grounds()[code]
    return WithheldLine(
        ground=code,
        count=count,
        counted=plural(count, ("entry", "entries"), ("inscription", "inscriptions")),
        name=ground.name,
        means=ground.means,
        sections=_cited(ground),
        source=Text(en=ground.source.en, fr=ground.source.fr),
    )


def _cited(ground: Ground) -> Text:
    privacy, access = map(_provision, (ground.privacy_act, ground.access_to_information_act))
    en, fr = ("Your right: ", "Votre droit\N{NO-BREAK SPACE}: ") if ground.right else ("", "")
    return Text(
        en=f"{en}Privacy Act, {privacy.en}; Access to Information Act, {access.en}.",
        fr=f"{fr}Loi sur la protection des renseignements personnels, {privacy.fr}"
        f"\N{NO-BREAK SPACE}; Loi sur l’accès à l’information, {access.fr}.",
    )


def _provision(number: str) -> Text:
    """Return a provision as each language cites it: paragraph 22(1)(b), alinéa 22(1)b)."""
    section, *below = number.replace(")", "").split("(")
    en = ("section", "subsection", "paragraph")[len(below)]
    fr = ("article", "paragraphe", "alinéa")[len(below)]
    deepest = "".join(f"({one})" for one in below[:1]) + "".join(f"{one})" for one in below[1:])
    return Text(en=f"{en} {number}", fr=f"{fr}\N{NO-BREAK SPACE}{section}{deepest}")

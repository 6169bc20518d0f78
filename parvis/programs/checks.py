"""What a program must say besides being well formed: every word, and no name leading nowhere."""

from collections.abc import Iterable, Iterator

from parvis.lib.text import LANGUAGES
from parvis.programs.grounds import grounds
from parvis.programs.mistakes import Place
from parvis.programs.notices import FIELDS, wrong_fields
from parvis.programs.schema import Activity, Columns, Program
from parvis.programs.vocabulary import (
    OF_A_CLIENT,
    Does,
    NoticeKind,
    SectionStatus,
    Status,
    Turn,
)

NEEDS = {
    Does.OPEN: "section",
    Does.COMPLETE: "section",
    Does.EXEMPT: "section",
    Does.ASK: "document",
    Does.ANSWER: "document",
    Does.TRANSFER: "office",
}
"""What an activity must name for its act to mean something."""

ENDS = {Does.APPROVE, Does.REFUSE, Does.CLOSE, Does.WITHDRAW, Does.ABANDON, Does.STEP}
"""What an outcome may do; `step` is an outcome that is not a decision yet."""


SHAPES = (
    "name received, with decided and outcome where there are any (a row a case), "
    "or activity and at, with lifecycle where there is one (a row an event)"
)


def contradictions(program: Program) -> Iterator[tuple[Place, str]]:
    """Yield each place where a program leaves a word out or contradicts itself, with what to do."""
    yield from _words_left_out(program)
    yield from _sentences(program)
    if program.service_standard and program.no_standard:
        yield ("no_standard",), "there is a service_standard as well; keep one of the two"
    if not program.service_standard and not program.no_standard:
        yield ("service_standard",), "missing; give one, or say in no_standard that none exists"
    for label, activity in program.history.activities.items():
        for key, message in _loose_ends(program, activity):
            yield ("history", "activities", label, key), message
    if (columns := program.history.columns) and not _one_shape(columns):
        yield ("history", "columns"), SHAPES
    for value, does in program.history.outcomes.items():
        if does not in ENDS:
            yield ("history", "outcomes", value), f"an outcome is one of: {_listed(ENDS)}"


def _words_left_out(program: Program) -> Iterator[tuple[Place, str]]:
    for key, needed, given in (
        ("statuses", Status, program.statuses),
        ("section_statuses", SectionStatus, program.section_statuses),
        ("turns", Turn, program.turns),
    ):
        for word in needed:
            if word not in given:
                yield (key, word.value), "has no words; add them"


def _sentences(program: Program) -> Iterator[tuple[Place, str]]:
    """Yield what is wrong with the sentences of notices: found here, and not when one is sent."""
    for kind in NoticeKind:
        words = program.notices.get(kind)
        if kind in OF_A_CLIENT:
            if words is not None:
                yield ("notices", kind.value), "is told in the words of the house; leave it out"
        elif words is None:
            yield ("notices", kind.value), "has no words; add them"
        else:
            for language in LANGUAGES:
                if wrong := wrong_fields(words.says[language], FIELDS.get(kind, frozenset())):
                    yield ("notices", kind.value, "says", language), wrong
    first, again = program.reminder_days
    if first <= again:
        yield ("reminder_days",), "the first reminder comes more days before than the second"


def _loose_ends(program: Program, activity: Activity) -> Iterator[tuple[str, str]]:
    for key, code, known in (
        ("section", activity.section, program.sections),
        ("document", activity.document, program.documents),
        ("office", activity.office, program.offices),
    ):
        if code is not None and code not in known:
            yield key, f"{code!r} is not among this program's {key}s ({_listed(known)})"
        if code is None and NEEDS.get(activity.does) == key:
            yield key, f"missing; {activity.does.value} needs one"
    if activity.ground is not None and activity.ground not in grounds():
        yield "ground", f"{activity.ground!r} is none; a ground is one of: {_listed(grounds())}"
    if activity.ground is not None and not activity.officer_only:
        yield "ground", "its client sees this activity; add officer_only: true, or leave it out"


def _one_shape(columns: Columns) -> bool:
    a_case = {columns.received, columns.decided, columns.outcome} - {None}
    an_event = {columns.activity, columns.at, columns.lifecycle} - {None}
    if columns.received:
        return not an_event
    return bool(columns.activity and columns.at) and not a_case


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "none"

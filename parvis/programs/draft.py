"""A first program for an unknown log: YAML to correct, with the counts behind each guess."""

import json
import re
import textwrap
from collections.abc import Iterator

from parvis.programs.guesses import NEARLY_ALWAYS, Roles, clock, code_of, ending, roles
from parvis.programs.schema import CODE
from parvis.programs.summary import LogSummary
from parvis.programs.vocabulary import Does

LONGEST_KEY = 100
"""Characters; YAML wants a question mark before a key much longer."""


def draft(summary: LogSummary, code: str) -> str:
    """Print a first program for a log, as commented YAML that loads at once.

    Raises `ValueError` where `code` is not a code.
    """
    if not re.fullmatch(CODE, code):
        raise ValueError(f"{code!r} is not a code; use lower-case letters, digits and hyphens")
    found, taken = roles(summary), set[str]()
    codes = {name: code_of(name, taken) for name in found.sections}
    lines = [
        *_head(summary, code),
        *_sections(codes, summary, found),
        "documents: {}",
        "offices: {}",
        "",
        *_history(summary, found, codes),
    ]
    return "\n".join(lines) + "\n"


def _head(summary: LogSummary, code: str) -> Iterator[str]:
    zone, reason = clock(summary)
    yield f"# Drafted from {_of(summary.cases, 'case')} and {_of(summary.events, 'event')}."
    yield "# Every line is a guess: correct it, then check it with: parvis programs check FILE"
    yield f"code: {_plain(code)}"
    yield f"line: {_plain(code)}"
    yield f"name: {_text(code)} # translate"
    yield from _comment(f"{reason}. Check it: it decides on which day a thing happened.")
    yield f"time_zone: {zone}"
    yield "service_standard: {}"
    yield "no_standard:"
    yield "  en: The service standard of this program is not known here."
    yield "  fr: La norme de service de ce programme n’est pas connue ici."
    yield "# Days without a fact after which a file counts as one without recent activity."
    yield "dormant_after_days: 365"
    yield ""


def _sections(codes: dict[str, str], summary: LogSummary, found: Roles) -> Iterator[str]:
    if not codes:
        yield "sections:"
        yield "  review:"
        yield "    name: {en: Review, fr: Examen}"
        yield "    doing:"
        yield "      en: We are reviewing your application."
        yield "      fr: Nous examinons votre demande."
        yield "    source: unverified"
        return
    yield "# Sections stand in the order in which cases usually meet them. Join or remove some."
    yield "sections:"
    for name, code in codes.items():
        group = found.sections[name]
        events = sum(summary.activities[label].events for label in group)
        counts = f"{_of(len(group), 'activity', 'activities')}, {_of(events, 'event')}"
        yield f"  {_plain(code)}: # {counts}"
        yield f"    name: {_text(name)} # translate"
        yield "    doing:"
        yield f"      en: {_quoted(f'We are working on: {name}.')} # translate"
        yield f"      fr: {_quoted(f'Nous travaillons à : {name}.')} # translate"
        yield "    source: unverified"


def _history(summary: LogSummary, found: Roles, codes: dict[str, str]) -> Iterator[str]:
    yield "history:"
    if summary.columns is not None:
        yield "  columns:"
        for key, value in summary.columns.model_dump(exclude_none=True).items():
            yield f"    {key}: {_quoted(value)}"
    if summary.outcomes:
        yield "  # Read from the words of each value; step is not a decision yet. Check each."
        yield "  outcomes:"
        for value, count in summary.outcomes.most_common():
            yield from _entry(4, value, f" {ending(value).value} # {_of(count, 'case')}")
    if summary.activities:
        yield from _activities(summary, found, codes)
    if not (summary.columns or summary.outcomes or summary.activities):
        yield "  {}"


def _activities(summary: LogSummary, found: Roles, codes: dict[str, str]) -> Iterator[str]:
    yield "  # Receive: what begins most cases. Endings: what ends nearly all cases that have"
    yield f"  # it ({NEARLY_ALWAYS:.0%}), or most of them where nothing else ends a case."
    if not found.ends:
        yield "  # Nothing ends cases here: files stay open until one activity closes them."
    if found.steps:
        yield "  # Activities without a section are too rare to be one."
    yield "  activities:"
    section_of = {label: codes[name] for name, group in found.sections.items() for label in group}
    for label, seen in summary.activities.items():
        counts = f"{_of(seen.events, 'event')} in {_of(seen.cases, 'case')}"
        yield from _entry(4, label, f" # {counts}; begins {seen.begins:,}, ends {seen.ends:,}")
        yield f"      name: {_text(label)} # translate"
        yield f"      does: {_does(label, summary, found).value}"
        if label in section_of:
            yield f"      section: {_plain(section_of[label])}"


def _does(label: str, summary: LogSummary, found: Roles) -> Does:
    """Say what an activity does; alone in its section and without a start, it completes it."""
    if label == found.receive:
        return Does.RECEIVE
    if label in found.ends:
        return found.ends[label] if found.ends[label] is not Does.STEP else Does.CLOSE
    alone = found.sections.get(label) == [label]
    return Does.COMPLETE if alone and not summary.lifecycles["start"] else Does.STEP


def _entry(indent: int, key: str, rest: str) -> Iterator[str]:
    """Write a key and what follows it, in YAML's longer form where the key is long."""
    margin, quoted = " " * indent, _quoted(key)
    if len(quoted) <= LONGEST_KEY:
        yield f"{margin}{quoted}:{rest}"
    else:
        yield f"{margin}? {quoted}"
        yield f"{margin}:{rest}"


def _text(label: str) -> str:
    told = _quoted(label if label.strip() else "?")
    return f"{{en: {told}, fr: {told}}}"


def _quoted(text: str) -> str:
    """Quote for YAML; what does not show, or may not stand in YAML, is escaped."""
    return "".join(
        char if char.isprintable() else f"\\U{ord(char):08x}"
        for char in json.dumps(text, ensure_ascii=False)
    )


def _plain(code: str) -> str:
    """Leave a code bare, but for those that YAML takes for a number, a truth or nothing."""
    return _quoted(code) if code[0].isdigit() or code in ("true", "false", "null") else code


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="# ", subsequent_indent="# ")


def _of(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"

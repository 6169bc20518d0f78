"""What happened, told line by line: our own acts in our words, another system's in its own."""

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import attrgetter

from parvis.casework.applications.facts import StepRecorded
from parvis.casework.events.facts import Fact, Source, Unknown
from parvis.casework.events.log import Recorded
from parvis.lib.dates import day
from parvis.lib.text import Text
from parvis.programs.schema import Program
from parvis.programs.vocabulary import DECIDED
from parvis.readers.tracker.page import HistoryLine
from parvis.readers.tracker.words import ANOTHER, said

LIFECYCLES = {
    "schedule": Text(en="planned", fr="planification"),
    "assign": Text(en="assigned", fr="attribution"),
    "reassign": Text(en="reassigned", fr="réattribution"),
    "start": Text(en="started", fr="début"),
    "suspend": Text(en="paused", fr="pause"),
    "resume": Text(en="resumed", fr="reprise"),
    "withdraw": Text(en="withdrawn", fr="retrait"),
    "pi_abort": Text(en="stopped", fr="arrêt"),
    "ate_abort": Text(en="stopped", fr="arrêt"),
    "complete": Text(en="completed", fr="fin"),
    "autoskip": Text(en="skipped", fr="omission"),
    "manualskip": Text(en="skipped", fr="omission"),
}
"""The transitions of the XES lifecycle extension (XES 2016)."""


when: Callable[[Recorded], tuple[datetime, int]] = attrgetter("at", "seq")
"""By what facts are put in order: when they happened, then as we learned them."""


def told(
    recorded: Iterable[Recorded],
    program: Program,
    *,
    officer: bool,
    since: datetime | None = None,
) -> list[HistoryLine]:
    """Return the history, newest first; what is for officers only is told to officers only.

    What was recorded `since` a moment, the reader's last visit, is new to them.
    """
    newest_first = sorted(recorded, key=when, reverse=True)
    sources = [one.fact.source for one in newest_first if one.fact.source]
    begun = {one.activity for one in sources if _transition(one) not in {"", "complete"}}
    zone = program.time_zone
    return [
        HistoryLine(
            at=(at := one.at.astimezone(zone)),
            on=day(at.date()),
            kind=one.fact.kind if isinstance(one.fact, Unknown) else one.fact.KIND,
            sentence=_sentence(one.fact, source, program, begun)
            if source
            else said(one.fact, program),
            officer_only=for_officers,
            new=since is not None and one.recorded_at > since,
        )
        for one in newest_first
        if not (
            for_officers := (source := one.fact.source) is not None
            and _officer_only(source, program)
        )
        or officer
    ]


def _transition(source: Source) -> str:
    return (source.lifecycle or "").lower()


def _officer_only(source: Source, program: Program) -> bool:
    known = program.history.activities.get(source.activity)
    return known is not None and known.officer_only


def _sentence(fact: Fact, source: Source, program: Program, begun: set[str]) -> Text:
    """Return what the program calls the other system's activity; else its own label, as it is."""
    if known := program.history.activities.get(source.activity):
        name = known.name
    elif not isinstance(fact, StepRecorded):
        return said(fact, program)
    else:
        label = source.outcome if source.activity == DECIDED else None
        label = (label or source.activity).strip()
        name = Text(en=label, fr=label) if label else ANOTHER
    return _with_transition(name, source, begun)


def _with_transition(name: Text, source: Source, begun: set[str]) -> Text:
    """Return an activity's name with what became of it, where that is worth saying.

    An activity that is only ever completed simply happened: "completed" would be noise.
    """
    transition = _transition(source)
    if not transition or (transition == "complete" and source.activity not in begun):
        return name
    words = LIFECYCLES.get(transition, Text(en=transition, fr=transition))
    return Text(
        en=f"{name.en}: {words.en}",
        fr=f"{name.fr}\N{NO-BREAK SPACE}: {words.fr}",
    )

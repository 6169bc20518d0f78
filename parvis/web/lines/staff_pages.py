"""What staff see of lines, before a template does: the list, one line, and the form of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parvis.casework.lines.selectors import KnownAgent, KnownLine
from parvis.lib.dates import Day, day
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.programs.support_lines.loader import models, shipped_lines
from parvis.web.figures.measures import percent
from parvis.web.lines.archive import Archive
from parvis.web.lines.form import Choice, DayField, Field, LineForm, Wrong
from parvis.web.lines.public import (
    UNVERIFIED,
    Reached,
    open_hours,
    reached,
    status_of,
    unusual_days,
)
from parvis.web.lines.words import (
    DayLine,
    spoken,
    week_lines,
    zone_name,
)
from parvis.web.mandates.days import shown

_ORDER = (
    *("like", "code", "name_en", "name_fr", "email", "phone", "web_form"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("time_zone", "holidays", "about_en", "about_fr", "script_en", "script_fr", "lend"),
    *("languages", "shown_in", "skills", "topics", "head_start", "open_hours", "share"),
)
_OTHERS = frozenset(_ORDER[_ORDER.index("languages") :])
"""Fields that a template has already said, out of the way of whoever is in haste."""
_CRISIS = Text(en="A crisis line", fr="Une ligne de crise")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A line in staff's list."""

    code: str
    name: Text
    status: Text
    is_open: bool
    agents: Text
    opened_on: Day
    closed_on: Day | None


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Every line: those that take contacts, and the archive."""

    rows: tuple[StaffRow, ...]
    archive: tuple[StaffRow, ...]
    may_open: bool


@dataclass(frozen=True, slots=True)
class AgentRow:
    """Somebody who answers."""

    email: str
    languages: Text
    lent: bool


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A line, as staff see it."""

    row: StaffRow
    about: Text
    script: Text
    week: tuple[DayLine, ...]
    zone: Text
    unusual: tuple[Text, ...]
    holidays_until: Day | None
    reached: Reached
    languages: Text
    head_start: Text
    share: Text | None
    within: Text
    unverified: bool
    skills: tuple[str, ...]
    topics: tuple[str, ...]
    agents: tuple[AgentRow, ...]
    others: tuple[AgentRow, ...]
    """Agents who could be placed here, or lent."""
    may_change: bool
    may_close: bool
    wrong: Text | None
    archive: Archive | None = None
    """What it was, of one that closed."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a line as they stand, by their names."""

    code: Field
    name_en: Field
    name_fr: Field
    email: Field
    phone: Field
    about_en: Field
    about_fr: Field
    script_en: Field
    script_fr: Field
    time_zone: Field
    holidays: Field
    languages: Field
    shown_in: Field
    skills: Field
    topics: Field
    head_start: Field
    open_hours: Field
    share: Field
    lend: Field


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form of a line as it stands."""

    code: str
    """Of the line that is changed; empty for one that is opened."""
    like: str
    models: tuple[Choice, ...]
    typed: Typed
    days: tuple[DayField, ...]
    zones: tuple[Choice, ...]
    holidays: tuple[Choice, ...]
    web_form: bool
    agents: tuple[Choice, ...]
    wrongs: tuple[Wrong, ...]
    others_open: bool
    """Whether what is out of the way needs a look."""


def lines_page(
    lines: Sequence[KnownLine], agents: Sequence[KnownAgent], now: datetime, *, may_open: bool
) -> LinesPage:
    """Return the list of lines."""
    rows = [_row(one, agents, now) for one in lines]
    return LinesPage(
        rows=tuple(one for one in rows if one.closed_on is None),
        archive=tuple(one for one in rows if one.closed_on is not None),
        may_open=may_open,
    )


def staff_page(  # noqa: PLR0913 - a line, who works there, and what whoever looks may do
    line: KnownLine,
    agents: Sequence[KnownAgent],
    now: datetime,
    *,
    may_change: bool,
    may_close: bool,
    wrong: Text | None = None,
    archive: Archive | None = None,
) -> StaffPage:
    """Return the page of a line, with all who answer anywhere in `agents`."""
    terms, until = line.terms, line.hours.known_until
    here = [one for one in agents if line.code in one.lines]
    others = [one for one in agents if line.code not in one.lines and one.lent is None]
    return StaffPage(
        row=_row(line, agents, now),
        about=terms.about,
        script=terms.script,
        week=week_lines(line.hours.week),
        zone=zone_name(terms.time_zone),
        unusual=unusual_days(line, now),
        holidays_until=day(until) if until else None,
        reached=reached(terms),
        languages=spoken(terms.languages),
        head_start=open_hours(terms.head_start_minutes / 60),
        share=percent(terms.targets.share),
        within=open_hours(terms.targets.open_hours),
        unverified=terms.targets.source == UNVERIFIED,
        skills=terms.skills,
        topics=terms.topics,
        agents=tuple(_agent(one, line) for one in here),
        others=tuple(_agent(one, line) for one in others),
        may_change=may_change and line.closed_at is None,
        may_close=may_change and may_close and line.closed_at is None,
        wrong=wrong,
        archive=archive,
    )


def form_page(  # noqa: PLR0913 - a form, and what there is to choose beside it
    form: LineForm,
    *,
    code: str = "",
    new_code: str = "",
    like: str = "",
    agents: Sequence[KnownAgent] = (),
    lent: Sequence[str] = (),
) -> FormPage:
    """Return the form; `lent` are the addresses of those who were ticked."""
    return FormPage(
        code=code,
        like=like,
        models=tuple(Choice(one, _model_name(one), one == like) for one in models()),
        typed=Typed(**form.fields(code=new_code, lend="")),
        days=form.days(),
        zones=form.zones(),
        holidays=form.holidays(),
        web_form=form.web_form,
        agents=tuple(
            Choice(one.email, _said_of(one), one.email in lent)
            for one in agents
            if one.lent is None
        ),
        wrongs=form.listed(_ORDER),
        others_open=bool(_OTHERS & set(form.wrongs)),
    )


def _model_name(code: str) -> Text:
    line = shipped_lines().get(code)
    if line is not None:
        return line.name
    return _CRISIS if code == "crisis" else Text(en=code, fr=code)


def _said_of(agent: KnownAgent) -> Text:
    """Return an agent as somebody who can be lent: what they speak, and where they answer."""
    languages = spoken(agent.languages)
    where = ", ".join(agent.own) or "–"
    return Text(
        en=f"{agent.email} – {languages.en} – {where}",
        fr=f"{agent.email} – {languages.fr} – {where}",
    )


def _agent(agent: KnownAgent, line: KnownLine) -> AgentRow:
    return AgentRow(agent.email, spoken(agent.languages), agent.lent == line.code)


def _row(line: KnownLine, agents: Sequence[KnownAgent], now: datetime) -> StaffRow:
    return StaffRow(
        code=line.code,
        name=line.terms.name,
        status=status_of(line, None, now),
        is_open=line.is_open_at(now),
        agents=grouped(sum(line.code in one.lines for one in agents)),
        opened_on=shown(line.opened_at),
        closed_on=None if line.closed_at is None else shown(line.closed_at),
    )

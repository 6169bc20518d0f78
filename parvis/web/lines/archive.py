"""A line that closed, as it was: its words and hours from first to last, and its daily report."""

from dataclasses import dataclass
from datetime import date, datetime

from parvis.casework.lines.selectors import KnownLine, Version, have_worked, versions
from parvis.lib.dates import Moment, moment
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.readers.support.words import name_of_topic
from parvis.web.figures.line_page import LinePage
from parvis.web.lines.public import Reached, open_hours, reached, unusual_between
from parvis.web.lines.words import DayLine, week_lines


@dataclass(frozen=True, slots=True)
class VersionPage:
    """What a line said of itself, and to callers, from a moment on."""

    since: Moment
    name: Text
    about: Text
    script: Text
    week: tuple[DayLine, ...]
    notices: tuple[Text, ...]
    """What its page told of days that were not as in any week."""
    reached: Reached
    topics: tuple[Text, ...]
    within: Text


@dataclass(frozen=True, slots=True)
class Archive:
    """A line that closed."""

    versions: tuple[VersionPage, ...]
    worked: Text
    """How many agents were on it, their own or lent."""
    report: LinePage | None
    """Day by day; None for whoever may not see figures."""


def archive(line: KnownLine, report: LinePage | None) -> Archive:
    """Return a closed line as it was."""
    return Archive(
        versions=tuple(_version(one, line) for one in versions(line)),
        worked=grouped(have_worked(line)),
        report=report,
    )


def _version(one: Version, line: KnownLine) -> VersionPage:
    terms = one.terms

    def _day(at: datetime | None) -> date:
        return (at or line.opened_at).astimezone(terms.time_zone).date()

    return VersionPage(
        since=moment(one.since, terms.time_zone),
        name=terms.name,
        about=terms.about,
        script=terms.script,
        week=week_lines(one.hours.week),
        notices=unusual_between(terms, _day(line.opened_at), _day(line.closed_at)),
        reached=reached(terms),
        topics=tuple(map(name_of_topic, terms.topics)),
        within=open_hours(terms.targets.open_hours),
    )

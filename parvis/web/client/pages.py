"""What each page holds, frozen, before a template sees it."""

from dataclasses import dataclass
from itertools import groupby

from parvis.lib.dates import month_of
from parvis.lib.text import Text
from parvis.readers.tracker import FileLine, FilePage
from parvis.readers.tracker.page import HistoryLine


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """A client's files."""

    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """An officer's search by number: what was typed, and the files with that number."""

    number: str
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in one month."""

    name: Text
    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One file, its history by month, newest first."""

    file: FilePage
    months: tuple[Month, ...]


def application_page(file: FilePage) -> ApplicationPage:
    """Return the page of a file with its history by month."""
    months = groupby(file.history, key=lambda line: line.on.on.replace(day=1))
    return ApplicationPage(
        file, tuple(Month(month_of(first), tuple(lines)) for first, lines in months)
    )

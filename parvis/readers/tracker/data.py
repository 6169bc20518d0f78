"""A page as data in one language: the one shape that the command line and the API both give."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from parvis.lib.dates import Day
from parvis.lib.telling import Teller
from parvis.lib.text import Language
from parvis.readers.tracker.page import FilePage


def as_data(page: FilePage, language: Language) -> dict[str, Any]:
    """Return the page as JSON can hold it: codes, texts in this language, ISO 8601 dates."""
    return {"language": language, **plain(page, language)}


def plain(value: Any, language: Language) -> Any:
    """Return a part of a page as JSON can hold it."""
    return _JSON.tell(value, language)


def _in_iso(moment: date, language: Language) -> str:
    return moment.isoformat()


_JSON: Teller = Teller(
    {
        **dict.fromkeys((date, datetime), _in_iso),
        Day: lambda day, language: day.on.isoformat(),
        StrEnum: lambda code, language: code.value,
        tuple: lambda values, language: [_JSON.tell(one, language) for one in values],
    }
)

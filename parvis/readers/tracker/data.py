"""A page as data in one language: the one shape that the command line and the API both give."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from parvis.lib.dates import Day
from parvis.lib.text import Language, Text
from parvis.readers.tracker.page import FilePage


def as_data(page: FilePage, language: Language) -> dict[str, Any]:
    """Return the page as JSON can hold it: codes, texts in this language, ISO 8601 dates."""
    return {"language": language} | {
        field.name: _plain(getattr(page, field.name), language) for field in fields(page)
    }


def _plain(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, Day):
        return value.on.isoformat()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one, language) for one in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name), language) for field in fields(value)}
    return str(value) if isinstance(value, StrEnum) else value

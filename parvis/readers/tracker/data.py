"""A page as data in one language: the one shape that the command line and the API both give."""

from typing import Any

from parvis.lib.telling import AS_JSON, Teller
from parvis.lib.text import Language
from parvis.readers.tracker.page import FilePage


def as_data(page: FilePage, language: Language) -> dict[str, Any]:
    """Return the page as JSON can hold it: codes, texts in this language, ISO 8601 dates."""
    return {"language": language, **plain(page, language)}


def plain(value: Any, language: Language) -> Any:
    """Return a part of a page as JSON can hold it."""
    return _JSON.tell(value, language)


_JSON = Teller(lambda language: AS_JSON, many=list)

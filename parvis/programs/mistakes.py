"""What is wrong with a program's file: one line a mistake, with its place and what to do."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from parvis.lib.text import LANGUAGES
from parvis.programs import schema

Place = tuple[str | int, ...]
"""The keys that lead to a value, outermost first."""

KNOWN_KEYS = {
    *LANGUAGES,
    *(
        key
        for part in vars(schema).values()
        if isinstance(part, type) and issubclass(part, BaseModel)
        for key in part.model_fields
    ),
}


class Mistake(NamedTuple):
    """One mistake in a program's file."""

    file: Path
    line: int
    """From 1."""
    field: str
    """Dotted; empty where the file as a whole is meant."""
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (f"{self.file}:{self.line}", self.field, self.message)))


class ProgramRefused(Exception):
    """A program's file says something it may not; `errors` names each mistake."""

    def __init__(self, errors: list[Mistake]) -> None:
        super().__init__(errors)
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


def place_of(error: ErrorDetails) -> Place:
    """Return the keys that lead to the value or key that pydantic refused."""
    loc = error["loc"]
    return loc[:-1] if loc and loc[-1] == "[key]" else loc


SAID = {
    "missing": "missing; add it",
    "dataclass_type": "a text has two keys, en and fr",
    "zoneinfo_str": "not a known time zone; write one as America/Toronto",
    "string_pattern_mismatch": "not a code; use lower-case letters, digits and hyphens",
    "model_type": "keys and values should stand here, one a line, indented",
    "dict_type": "keys and values should stand here, one a line, indented",
    "bool_type": "true or false should stand here",
    "int_type": "a whole number should stand here",
    "float_type": "a number should stand here",
    "string_type": "text should stand here; put it in quotes",
    "tuple_type": "a list should stand here, one a line, each after a dash",
}
"""What to tell for a kind of error, where it is always the same."""


def told(error: ErrorDetails, known: Collection[str] = KNOWN_KEYS) -> str:
    """Say in words what pydantic refused, and what to do; `known` are the keys of such files."""
    kind, context = error["type"], error.get("ctx", {})
    key = str(place_of(error)[-1]) if error["loc"] else ""
    if kind == "missing" and key in LANGUAGES:
        return "missing; a text is in both languages or not there at all"
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        close = get_close_matches(key, known, n=1)
        return f"unknown key; did you mean {close[0]}?" if close else "unknown key; remove it"
    if kind == "enum":
        return f"not known here; use {context['expected']}"
    if kind.startswith(("date_", "datetime_")):
        return "not a date; write it as 2024-04-01"
    if kind == "value_error":
        return str(context["error"])
    return SAID.get(kind, f"{error['msg'][:1].lower()}{error['msg'][1:]}")

"""Lines and templates from their files, and a line's terms from a template and what is said."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from parvis.programs.lines import read_lines
from parvis.programs.mistakes import Mistake, ProgramRefused, place_of, told
from parvis.programs.support_lines.schema import (
    Channels,
    LineFile,
    Manner,
    Targets,
    Template,
    Terms,
)

_FOLDER = Path(__file__).parent / "data"
_KNOWN = frozenset(
    key for part in (LineFile, Template, Channels, Targets) for key in part.model_fields
)
Kind = TypeVar("Kind", LineFile, Template)


class UnknownModel(LookupError):
    """No template and no line that comes with Parvis has this code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"there is no template {code!r}; there are {', '.join(models())}")


def load_line(path: Path) -> LineFile:
    """Load a line from its YAML file.

    Raises `ProgramRefused` with file, line and field of every mistake, `OSError` where the file
    cannot be opened.
    """
    return _load(path, LineFile)


def load_template(path: Path) -> Template:
    """Load a template from its YAML file; raises as `load_line` does."""
    return _load(path, Template)


@cache
def shipped_lines() -> dict[str, LineFile]:
    """Return the lines that every house has, by code."""
    return {one.code: one for one in map(load_line, sorted(_FOLDER.glob("*.yaml")))}


@cache
def templates() -> dict[str, Template]:
    """Return what lines can be opened like, by code."""
    files = sorted((_FOLDER / "templates").glob("*.yaml"))
    return {one.code: one for one in map(load_template, files)}


def models() -> dict[str, Manner]:
    """Return whatever a line can be opened like: the templates, then the lines of every house."""
    return {**templates(), **shipped_lines()}


def model(code: str) -> Manner:
    """Return what a line is opened like; raise `UnknownModel` where there is no such thing."""
    try:
        return models()[code]
    except KeyError:
        raise UnknownModel(code) from None


def terms_like(like: Manner, said: Mapping[str, Any]) -> Terms:
    """Return the terms of a line: what is said of it, and for the rest as its model has them.

    How the model itself is reached is never taken over. Raises pydantic's `ValidationError`.
    """
    taken = like.model_dump(mode="json", exclude={"code", "name", "channels", "note"})
    channels = {"web_form": like.channels.web_form, **said.get("channels", {})}
    return Terms.model_validate({**taken, **said, "channels": channels})


def _load(path: Path, kind: type[Kind]) -> Kind:
    lines = read_lines(path)
    try:
        return kind.model_validate(lines.data)
    except ValidationError as refused:
        mistakes = []
        for error in refused.errors(include_url=False):
            place = place_of(error)
            field = ".".join(map(str, place))
            mistakes.append(Mistake(path, lines.find(place)[1], field, told(error, _KNOWN)))
        raise ProgramRefused(mistakes) from None

"""Assessments from their files: shared answers, sets and sources underneath, each file's on top."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from parvis.engines.rules.rules import Assessment
from parvis.programs.lines import Lines, read_lines
from parvis.programs.mistakes import Mistake, Place, ProgramRefused, place_of, told
from parvis.programs.rules.build import Refused, build
from parvis.programs.rules.schema import AssessmentSaid

SHIPPED = Path(__file__).resolve().parent / "data"
COMMON = SHIPPED / "_common.yaml"
SHARED = ("sets", "sources")
"""What stands under every file whole; answers do where a file names them."""


class UnknownAssessment(LookupError):
    """No assessment has this code; `close` holds the codes that look like it."""

    def __init__(self, code: str, close: list[str]) -> None:
        self.code, self.close = code, close
        hint = f"did you mean {' or '.join(close)}?" if close else "list them to see their codes"
        super().__init__(f"no assessment has the code {code!r}; {hint}")


def load_assessment(path: Path, asked_by: tuple[str, ...] = ()) -> Assessment:
    """Load one assessment from its YAML file; `asked_by` are those that are loaded meanwhile.

    Raises `ProgramRefused` with file, line, row and field of every mistake, `OSError` where the
    file cannot be opened.
    """
    own, common = read_lines(path), _common()
    try:
        said = AssessmentSaid.model_validate(_on_common(own.data, common.data))
    except ValidationError as refused:
        raise ProgramRefused(
            [
                _mistake(place_of(error), _told(error), own, common)
                for error in refused.errors(include_url=False)
            ]
        ) from None
    try:
        return build(said, _Askable(path.parent, (*asked_by, path.stem)))
    except Refused as refused:
        errors = dict.fromkeys(refused.errors)
        raise ProgramRefused(
            [_mistake(place, message, own, common) for place, message in errors]
        ) from None


@cache
def all_assessments() -> dict[str, Assessment]:
    """Return the assessments by code, in that order."""
    return {code: assessment(code) for code in codes()}


def codes() -> list[str]:
    """Return the codes of the assessments, which are the names of their files."""
    return sorted(file.stem for file in SHIPPED.glob("[!_]*.yaml"))


@cache
def assessment(code: str) -> Assessment:
    """Return one assessment; raise `UnknownAssessment` with the codes close to `code`."""
    if code not in codes():
        raise UnknownAssessment(code, get_close_matches(code, codes()))
    return load_assessment(SHIPPED / f"{code}.yaml")


@cache
def _common() -> Lines:
    return read_lines(COMMON)


class _Askable(Mapping[str, Assessment]):
    """The assessments beside a file, each loaded when it is asked."""

    def __init__(self, folder: Path, asked_by: tuple[str, ...]) -> None:
        self._folder, self._asked_by = folder, asked_by
        self._known: dict[str, Assessment] = {}

    def __getitem__(self, code: str) -> Assessment:
        if code in self._asked_by:
            raise LookupError(
                f"{code} is asked by {' by '.join(reversed(self._asked_by))}: a circle"
            )
        file = self._folder / f"{code}.yaml"
        if file.parent.resolve() == SHIPPED or not file.is_file():
            return assessment(code)
        if code not in self._known:
            self._known[code] = load_assessment(file, self._asked_by)
        return self._known[code]

    def __iter__(self) -> Any:
        return iter(file.stem for file in self._folder.glob("[!_]*.yaml"))

    def __len__(self) -> int:
        return len(list(iter(self)))


def _on_common(own: dict[str, Any], common: dict[str, Any]) -> dict[str, Any]:
    """Lay a file's own words over the common ones, answers where the file names them."""
    whole = dict(own)
    for key in SHARED:
        said = own.get(key)
        if said is None or isinstance(said, dict):
            whole[key] = common.get(key, {}) | (said or {})
    if isinstance(asked := own.get("inputs"), dict):
        whole["inputs"] = {
            name: _over(common["inputs"].get(name), one) for name, one in asked.items()
        }
    return whole


def _over(under: Any, said: Any) -> Any:
    if said is None:
        return under
    return under | said if isinstance(under, dict) and isinstance(said, dict) else said


def _mistake(place: Place, message: str, own: Lines, common: Lines) -> Mistake:
    """Place a mistake in the file itself, unless only the common one speaks of it."""
    file = common if common.find(place)[0] > own.find(place)[0] else own
    return Mistake(file.file, file.find(place)[1], _field(place), message)


def _told(error: ErrorDetails) -> str:
    """Say what pydantic refused; names are written otherwise than the codes of programs."""
    if error["type"] == "string_pattern_mismatch" and "_" in error.get("ctx", {})["pattern"]:
        return "not a name; use lower-case letters, digits and underscores"
    return told(error)


def _field(place: Place) -> str:
    """Return a place as people count: rows from 1."""
    return ".".join(f"row {part + 1}" if isinstance(part, int) else part for part in place)

"""Programs from their files: the words common to all underneath, each file's own on top."""

import logging
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from pydantic import ValidationError

from parvis.lib.postgres import default_home
from parvis.lib.text import LANGUAGES
from parvis.programs.checks import contradictions
from parvis.programs.lines import Lines, read_lines
from parvis.programs.mistakes import Mistake, Place, ProgramRefused, place_of, told
from parvis.programs.schema import Fee, Program, PublishedTime, Standard

Dated = TypeVar("Dated", Standard, PublishedTime, Fee)
_log = logging.getLogger(__name__)
SHIPPED = Path(__file__).parent / "data"
_FOLDER = "programs"
"""Where in its home a house keeps its own."""
EVERYWHERE = ("statuses", "section_statuses", "turns", "notices")
"""Common words that stand under every program."""
BY_NAME = ("sections", "documents", "offices")
"""Common words that stand under a program only where it names their code."""
UNLESS_OWN = ("published_time", "reminder_days")
"""Common facts of a program that says nothing of its own; what it says, it says whole."""


class CodeTaken(ValueError):
    """A program that comes with Parvis has this code."""


class UnknownProgram(LookupError):
    """No program has this code; `close` holds the codes that look like it."""

    def __init__(self, code: str, close: list[str]) -> None:
        self.code, self.close = code, close
        hint = f"did you mean {' or '.join(close)}?" if close else "list them to see their codes"
        super().__init__(f"no program has the code {code!r}; {hint}")


def load_program(path: Path) -> Program:
    """Load one program from its YAML file.

    Raises `ProgramRefused` with file, line and field of every mistake, `OSError` where the file
    cannot be opened.
    """
    own, common = read_lines(path), _common()
    try:
        program = Program.model_validate(_on_common(own.data, common.data))
    except ValidationError as refused:
        raise ProgramRefused(
            [
                _mistake(place_of(error), told(error), own, common)
                for error in refused.errors(include_url=False)
            ]
        ) from None
    errors = [_mistake(place, message, own, common) for place, message in contradictions(program)]
    if errors:
        raise ProgramRefused(errors)
    return program


def all_programs() -> dict[str, Program]:
    """Return the programs by code, in that order: the shipped ones, and on top the house's own."""
    return dict(sorted((_shipped() | _own()).items()))


def program(code: str) -> Program:
    """Return one program; raise `UnknownProgram` with the codes close to `code`.

    Raises `ProgramRefused` where the house's own file of that code no longer loads.
    """
    if found := _own().get(code) or _shipped().get(code):
        return found
    if (own := _own_folder() / f"{code}.yaml").is_file():
        return load_program(own)
    raise UnknownProgram(code, get_close_matches(code, all_programs()))


def standard_on(program: Program, day: date) -> Standard | None:
    """Return the service standard in force on a day, None before the first or where none exists."""
    return _on(day, program.service_standard)


def published_time_on(program: Program, day: date) -> PublishedTime | None:
    """Return how the published time is counted on a day, None before anything says so."""
    return _on(day, program.published_time)


def adopt(path: Path) -> Program:
    """Make a program's file one of the house's own, kept under its home; return the program.

    Raises `CodeTaken` where a shipped program has its code: files of that one would change.
    """
    program = load_program(path)
    if program.code in _shipped():
        raise CodeTaken(program.code)
    kept = _own_folder() / f"{program.code}.yaml"
    if path.resolve() != kept.resolve():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.write_bytes(path.read_bytes())
        fresh.replace(kept)
    _own_of_the_second.cache_clear()
    return program


def fee_on(fees: dict[date, Fee], day: date) -> Fee | None:
    """Return what is paid on a day, None before the first amount or where none is told."""
    return _on(day, fees)


@cache
def _shipped() -> dict[str, Program]:
    files = sorted(SHIPPED.glob("[!_]*.yaml"))
    return {found.code: found for found in map(load_program, files)}


def _own() -> dict[str, Program]:
    """Return the house's own programs; a server that runs sees one within a second."""
    return _own_of_the_second(default_home(), int(monotonic()))


@lru_cache(maxsize=2)
def _own_of_the_second(home: Path, second: int) -> dict[str, Program]:
    """Return a house's own programs: to look for changes takes longer than a page tells one."""
    folder = home / _FOLDER
    try:
        files = _files_as_of(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}
    found = [_own_as_of(file, file.stat().st_mtime_ns) for file in files]
    return {one.code: one for one in found if one}


@lru_cache(maxsize=16)
def _files_as_of(folder: Path, changed_ns: int) -> list[Path]:
    """Return the files of the house's own programs; to list them for every page would cost more."""
    return sorted(folder.glob("[!_]*.yaml"))


@lru_cache(maxsize=256)
def _own_as_of(file: Path, changed_ns: int) -> Program | None:
    """Return a program of the house's own; None if it does not load, which spares the others."""
    try:
        return load_program(file)
    except ProgramRefused as refused:
        _log.error("A program of this house does not load:\n%s", refused)
        return None


def _own_folder() -> Path:
    return default_home() / _FOLDER


@cache
def _common() -> Lines:
    return read_lines(SHIPPED / "_common.yaml")


def _on_common(own: dict[str, Any], common: dict[str, Any]) -> dict[str, Any]:
    """Lay a program's own words over the common ones."""
    whole = dict(own)
    for key in EVERYWHERE:
        whole[key] = _over(common[key], own.get(key))
    for key in UNLESS_OWN:
        whole[key] = common[key] if own.get(key) is None else own[key]
    for key in BY_NAME:
        if isinstance(named := own.get(key), dict):
            whole[key] = {code: _over(common[key].get(code), said) for code, said in named.items()}
    return whole


def _over(under: Any, said: Any) -> Any:
    """Lay `said` over `under`, key by key.

    A text is laid whole: one language of ours under one of theirs would not be the same text.
    """
    if said is None:
        return under
    if not isinstance(under, dict) or not isinstance(said, dict) or said.keys() & set(LANGUAGES):
        return said
    return under | {key: _over(under.get(key), value) for key, value in said.items()}


def _on(day: date, dated: dict[date, Dated]) -> Dated | None:
    since = max((start for start in dated if start <= day), default=None)
    return None if since is None else dated[since]


def _mistake(place: Place, message: str, own: Lines, common: Lines) -> Mistake:
    """Place a mistake in the program's own file, unless only the common one speaks of it."""
    file = common if common.find(place)[0] and not own.find(place)[0] else own
    return Mistake(file.file, file.find(place)[1], ".".join(map(str, place)), message)

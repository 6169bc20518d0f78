"""Answers as fields of a form: what is shown of them, and what was typed into them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from parvis.engines.rules.kinds import Kind, Record, Sort, Value
from parvis.engines.rules.reading import read_value
from parvis.engines.rules.refusals import Refusal
from parvis.engines.rules.rules import Input
from parvis.lib.text import Text
from parvis.web.assessing import words

_LONGEST = 40
_FEW = 9
"""So many choices stand side by side; more are a list that opens."""
_MOST_ROWS = 200
_EMPTY_ROWS = 2
_NO, _YES = "no", "yes"
_NONE = "none"
"""Where a list says that it has no entry: `trips-none`."""
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a field."""

    code: str
    id: str
    name: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of a row: a day."""

    name: str
    label: Text
    typed: str
    wrong: Text | None


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list."""

    number: int
    wrong: Text | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as a field."""

    name: str
    sort: str
    """`radio`, `select`, `number`, `date` or `rows`."""
    id: str
    """Where whoever follows a sentence about it arrives."""
    label: Text
    hint: Text | None
    typed: str
    wrong: Text | None
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    none: bool = False
    """Of rows: whether it was said that there are none."""
    last: str = ""
    """The last day that it may be."""


@dataclass(slots=True)
class Read:
    """What was read of a form: values, what was typed, and what is wrong where."""

    answers: dict[str, Value] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    wrongs: dict[str, Text] = field(default_factory=dict)


def filled(answers: Mapping[str, Value], inputs: Iterable[Input]) -> Read:
    """Return a form filled with answers that are known."""
    found = Read(answers=dict(answers))
    for one in inputs:
        value = answers.get(one.name)
        if isinstance(value, tuple):
            found.rows[one.name] = [_row_typed(record) for record in value]
            if not value:
                found.typed[f"{one.name}-{_NONE}"] = _YES
        elif value is not None:
            found.typed[one.name] = _typed(value)
    return found


def read(inputs: Iterable[Input], post: QueryDict, on: date) -> Read:
    """Read a form strictly; every sentence stands at its field."""
    found = Read()
    for one in inputs:
        latest = None if one.future else on
        if one.kind.sort is Sort.LIST:
            _read_rows(one, post, latest, found)
            continue
        typed = post.get(one.name, "").strip()[:_LONGEST]
        found.typed[one.name] = typed
        value = _read(one.name, typed, one.kind, latest)
        if isinstance(value, Refusal):
            found.wrongs[one.name] = value.message
        elif value is not None:
            found.answers[one.name] = value
    return found


def refuse(found: Read, refusals: Iterable[Refusal]) -> list[Refusal]:
    """Put sentences of the rules at their fields; return those that have none here."""
    elsewhere = []
    for one in refusals:
        name = one.field.replace("[", "-").replace("].", "-").replace("]", "")
        base = one.field.partition("[")[0]
        if base in found.typed or base in found.rows:
            found.wrongs.setdefault(name, one.message)
        else:
            elsewhere.append(one)
    return elsewhere


def shown(one: Input, found: Read, on: date, *, label: Text | None = None) -> Shown:
    """Return an answer as a field, with what was typed and what is wrong with it."""
    kind, name = one.kind, one.name
    typed, wrong = found.typed.get(name, ""), found.wrongs.get(name)
    sort = "number"
    choices: tuple[Choice, ...] = ()
    if kind.sort is Sort.LIST:
        sort = "rows"
    elif kind.sort is Sort.DATE:
        sort = "date"
    elif kind.sort in (Sort.YES_NO, Sort.CHOICE):
        options = words.YES_NO if kind.sort is Sort.YES_NO else kind.options
        sort = "radio" if len(options) <= _FEW else "select"
        choices = _choices(name, options, typed)
    return Shown(
        name=name,
        sort=sort,
        id=choices[0].id if sort == "radio" else f"{name}-0-{next(iter(kind.parts))}"
        if sort == "rows" else f"id_{name}",
        label=label or one.ask or words.capital(one.label),
        hint=one.help,
        typed=typed,
        wrong=wrong,
        choices=choices,
        rows=tuple(_rows(one, found)) if sort == "rows" else (),
        none=f"{name}-{_NONE}" in found.typed,
        last="" if one.future else on.isoformat(),
    )  # fmt: skip


def wrong_lines(fields: Sequence[Shown], found: Read) -> tuple[tuple[str, Text], ...]:
    """Return every sentence with where its field is, in the order of the fields."""
    lines = []
    for one in fields:
        if one.wrong:
            lines.append((one.id, one.wrong))
        for row in one.rows:
            if row.wrong:
                lines.append((row.cells[0].name, row.wrong))
            lines += [(cell.name, cell.wrong) for cell in row.cells if cell.wrong]
    return tuple(lines)


def _choices(name: str, options: Mapping[str, Text], typed: str) -> tuple[Choice, ...]:
    if len(options) > _FEW:
        french = get_language() == "fr"
        names = {code: _plain(text.fr if french else text.en) for code, text in options.items()}
        options = {code: options[code] for code in sorted(options, key=names.__getitem__)}
    return tuple(
        Choice(code, f"{name}-{code}", words.capital(text), code == typed)
        for code, text in options.items()
    )


def _plain(name: str) -> str:
    """Return a name as lists sort it: Égypte among the E."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


def _read(name: str, typed: str, kind: Kind, latest: date | None) -> Value | Refusal:
    if not typed:
        return None
    if kind.sort is Sort.YES_NO:
        return {_YES: True, _NO: False}.get(typed, Refusal(name, words.CHOOSE))
    if kind.sort is Sort.CHOICE and typed not in kind.options and typed.upper() not in kind.former:
        return Refusal(name, words.CHOOSE)
    said: Any = typed
    if kind.sort in (Sort.WHOLE, Sort.DECIMAL):
        try:
            said = Decimal(_as_number(typed, kind))
        except InvalidOperation:
            return Refusal(name, words.NOT_A_NUMBER)
    return read_value(name, said, kind, latest)


def _as_number(typed: str, kind: Kind) -> str:
    """Return a number as it is computed with: 1,560 and 1 560 hours are many, 7,5 is a score."""
    close = "".join(typed.split())
    if kind.sort is Sort.WHOLE and _THOUSANDS.fullmatch(close):
        return close.replace(",", "")
    return close.replace(",", ".")


def _read_rows(one: Input, post: QueryDict, latest: date | None, found: Read) -> None:
    """Read the rows of a list, or that it has none; rows with nothing in them are left out."""
    lead = f"{one.name}-"
    rows = _typed_rows(one, post)
    found.rows[one.name] = rows[:_MOST_ROWS]
    if len(rows) > _MOST_ROWS:
        found.wrongs[one.name] = words.TOO_MANY_ROWS
    elif lead + _NONE in post:
        found.typed[lead + _NONE] = _YES
        found.answers[one.name] = ()
        if rows:
            found.wrongs[one.name] = words.NONE_AND_SOME
    elif rows:
        records = tuple(
            _record(one, row, f"{lead}{number}", latest, found) for number, row in enumerate(rows)
        )
        if not any(key.startswith(lead) for key in found.wrongs):
            found.answers[one.name] = records


def _typed_rows(one: Input, post: QueryDict) -> list[dict[str, str]]:
    lead = f"{one.name}-"
    numbers = {key.removeprefix(lead).partition("-")[0] for key in post if key.startswith(lead)}
    rows = (
        {part: post.get(f"{lead}{number}-{part}", "").strip()[:_LONGEST] for part in one.kind.parts}
        for number in sorted(int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) < 5)  # noqa: PLR2004
    )
    return [row for row in rows if any(row.values())]


def _record(
    one: Input, row: Mapping[str, str], lead: str, latest: date | None, found: Read
) -> Record:
    """Read one row; what is wrong with it stands at its cell."""
    record: dict[str, Value] = {}
    for part, typed in row.items():
        value = _read(f"{lead}-{part}", typed, one.kind.parts[part], latest)
        if isinstance(value, Refusal):
            found.wrongs[f"{lead}-{part}"] = value.message
        elif value is None:
            found.wrongs[f"{lead}-{part}"] = words.BOTH_DAYS
        else:
            record[part] = value
    return Record(record)


def _rows(one: Input, found: Read) -> Iterable[Row]:
    typed = found.rows.get(one.name, [])
    for number in range(len(typed) + _EMPTY_ROWS):
        row = typed[number] if number < len(typed) else {}
        lead = f"{one.name}-{number}"
        cells = tuple(
            Cell(
                name=f"{lead}-{part}",
                label=words.PARTS[part],
                typed=row.get(part, ""),
                wrong=found.wrongs.get(f"{lead}-{part}"),
            )
            for part in one.kind.parts
        )
        yield Row(number + 1, found.wrongs.get(lead), cells)


def _row_typed(record: Mapping[str, Any]) -> dict[str, str]:
    return {part: _typed(value) for part, value in record.items()}


def _typed(value: Value) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

"""Examples that rules must keep: given some answers, when they are asked, then this comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from parvis.engines.rules.answers import read_answers
from parvis.engines.rules.findings import assess
from parvis.engines.rules.refusals import AnswersRefused
from parvis.engines.rules.telling import plain
from parvis.programs.lines import read_lines
from parvis.programs.mistakes import Mistake, ProgramRefused, place_of, told
from parvis.programs.rules.loader import SHIPPED, UnknownAssessment, assessment
from parvis.programs.schema import Strict

FOLDER = SHIPPED / "tests"
REFUSED = "refused"
"""Where answers must be refused: the field, in place of what comes of them."""


class When(Strict):
    """Which assessment is asked, by the rules of which day."""

    assess: str
    on: date


class Example(Strict):
    """One sentence: given, when, then."""

    name: Annotated[str, Field(min_length=1)]
    given: dict[str, Any]
    when: When
    then: Annotated[dict[str, Any], Field(min_length=1)]


class Examples(Strict):
    """The examples of a file."""

    examples: Annotated[list[Example], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an example."""

    example: Example
    file: Path
    line: int
    wrong: tuple[str, ...]
    """Each thing that came otherwise; empty where it holds."""


def run_examples(file: Path) -> Iterator[Outcome]:
    """Run the examples of a file.

    Raises `ProgramRefused` with line and field of every mistake in the file itself.
    """
    lines = read_lines(file)
    try:
        read = Examples.model_validate(lines.data)
    except ValidationError as refused:
        raise ProgramRefused(
            [
                Mistake(
                    file,
                    lines.find(place_of(error))[1],
                    ".".join(map(str, place_of(error))),
                    told(error),
                )
                for error in refused.errors(include_url=False)
            ]
        ) from None
    for nth, example in enumerate(read.examples):
        line = lines.find(("examples", nth))[1]
        yield Outcome(example, file, line, tuple(_wrong(example)))


def shipped_examples() -> list[Path]:
    """Return the files of examples that stand beside the tables."""
    return sorted(FOLDER.glob("*.yaml"), key=lambda file: file.stem)


def _wrong(example: Example) -> Iterator[str]:
    on = example.when.on
    try:
        asked = read_answers(assessment(example.when.assess), example.given, today=on, on=on)
        totals = assess(assessment(example.when.assess), asked).totals
    except UnknownAssessment as unknown:
        yield str(unknown)
        return
    except AnswersRefused as refused:
        fields = [one.field for one in refused.refusals]
        if REFUSED not in example.then:
            yield f"the answers are refused: {refused}"
        elif example.then[REFUSED] not in fields:
            yield f"refused should be {example.then[REFUSED]}, and is {', '.join(fields)}"
        return
    for key, wanted in example.then.items():
        if key == REFUSED:
            yield f"{wanted} should be refused, and is not"
        elif key not in totals:
            yield f"{key} is told by no rule; keys: {', '.join(totals)}"
        elif plain(totals[key]) != wanted or isinstance(wanted, bool) != isinstance(
            totals[key], bool
        ):
            yield f"{key} should be {_said(wanted)}, and is {_said(plain(totals[key]))}"


def _said(value: Any) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "met" if value else "not met"
    return str(value)

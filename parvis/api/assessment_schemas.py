"""What an assessment answers over HTTP: totals, findings, and what would change it."""

from datetime import date
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict


class BothOut(Schema):
    """One text in both languages."""

    en: str
    fr: str


class AnswerOut(Schema):
    """An answer on which a finding rests; its value is null where it was not given."""

    answer: str
    value: Any
    label: BothOut


class SourceOut(Schema):
    """Where a rule stands, and on what day it was read there."""

    name: BothOut
    url: str | None
    on: date


class FindingOut(Schema):
    """What one rule says: met, not met, or null where an answer is missing."""

    rule: str
    title: BothOut
    met: bool | None
    points: int | None
    because: BothOut
    rests_on: list[AnswerOut]
    source: SourceOut | None
    unverified: bool


class ChangeOut(Schema):
    """What would change the result: by how many points, or what it is then in words."""

    says: list[BothOut]
    answers: dict[str, Any]
    gain: int | None
    after: Any
    then: BothOut | None


class AssessmentOut(Schema):
    """The result; besides these fields every total has its own, by its key (`total`, `age`…)."""

    model_config = ConfigDict(extra="allow")

    assessment: str
    on: date
    answer: Any
    findings: list[FindingOut]
    changes: list[ChangeOut] | None = None
    missing: list[str]
    unverified: bool
    limits: BothOut


class RefusedOut(Schema):
    """One answer that cannot be; the field is empty where the answers as a whole are meant."""

    field: str
    message: BothOut


class AnswersRefusedOut(Schema):
    """Which answers cannot be, each with what to do; or which part of the address."""

    code: Literal["answers_refused", "not_understood"]
    detail: str
    refused: list[RefusedOut] = []

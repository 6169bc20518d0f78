"""Results as plain data: for files, the API, and whatever else reads JSON."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from parvis.engines.rules.changes import Change
from parvis.engines.rules.findings import Finding, Result
from parvis.engines.rules.kinds import Value
from parvis.engines.rules.refusals import Refusal
from parvis.engines.rules.tables import Source
from parvis.lib.text import Text

RESERVED = frozenset(
    {"assessment", "on", "answer", "findings", "changes", "missing", "unverified", "limits",
     "refused"}
)  # fmt: skip
"""Keys of a result beside its totals: no total may have such a name."""
_REMEMBERED = 50_000
_told: dict[int, tuple[Finding, dict[str, Any]]] = {}


def result_as_data(result: Result, changes: Sequence[Change] | None) -> dict[str, Any]:
    """Return a result as plain data: every total by its key, and why."""
    told: dict[str, Any] = {key: plain(value) for key, value in result.totals.items()}
    told |= {
        "assessment": result.assessment,
        "on": result.on.isoformat(),
        "answer": plain(result.answer),
        "findings": [finding_as_data(one) for one in result.findings],
        "missing": list(result.missing),
        "unverified": result.unverified,
        "limits": text_as_data(result.limits),
    }
    if changes is not None:
        told["changes"] = [change_as_data(one) for one in changes]
    return told


def finding_as_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data, not to be changed: who answers alike shares it."""
    # By identity, for the same findings are told again and again; each is kept, so none is new.
    known = _told.get(id(finding))
    if known is None:
        if len(_told) >= _REMEMBERED:
            _told.clear()
        known = _told[id(finding)] = (finding, _finding_as_data(finding))
    return known[1]


def _finding_as_data(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "title": text_as_data(finding.title),
        "met": finding.met,
        "points": finding.points,
        "because": text_as_data(finding.because),
        "rests_on": [
            {"answer": one.name, "value": plain(one.value), "label": text_as_data(one.label)}
            for one in finding.rests_on
        ],
        "source": _source(finding.source),
        "unverified": finding.unverified,
    }


def change_as_data(change: Change) -> dict[str, Any]:
    """Return a change as plain data."""
    return {
        "says": [text_as_data(step.says) for step in change.steps],
        "answers": {
            name: plain(value) for step in change.steps for name, value in step.answers
        },
        "gain": change.gain,
        "after": plain(change.after),
        "then": change.then and text_as_data(change.then),
    }  # fmt: skip


def refusals_as_data(refusals: Iterable[Refusal]) -> dict[str, Any]:
    """Return what is wrong with some answers as plain data."""
    return {
        "refused": [
            {"field": one.field, "message": text_as_data(one.message)} for one in refusals
        ]
    }  # fmt: skip


def text_as_data(text: Text) -> dict[str, str]:
    """Return a text as plain data."""
    return {"en": text.en, "fr": text.fr}


def plain(value: Value) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return int(value) if whole else float(value)
    if isinstance(value, tuple):
        return [{key: plain(part) for key, part in one.items()} for one in value]
    return value


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "name": text_as_data(source.name),
        "url": source.url,
        "on": source.on.isoformat(),
    }

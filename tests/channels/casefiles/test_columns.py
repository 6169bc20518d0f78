"""Which columns hold what: guessed, told, missing."""

import pytest

from parvis.channels.casefiles import FileBroken, guess_columns, parse_columns
from parvis.channels.casefiles.columns import columns_of
from parvis.programs.schema import Columns


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "case_id,visa,received_on,decided_on,outcome,state",
            Columns(
                case="case_id", received="received_on", decided="decided_on", outcome="outcome"
            ),
        ),
        (
            "Application Number,Received Date,Decided Date,Status",
            Columns(
                case="Application Number",
                received="Received Date",
                decided="Decided Date",
                outcome="Status",
            ),
        ),
        (
            "case:concept:name,concept:name,time:timestamp,lifecycle:transition",
            Columns(
                case="case:concept:name",
                activity="concept:name",
                at="time:timestamp",
                lifecycle="lifecycle:transition",
            ),
        ),
        ("number,activity,at", Columns(case="number", activity="activity", at="at")),
        (
            "CASE,RECEIVED_AT,DECIDED_AT",
            Columns(case="CASE", received="RECEIVED_AT", decided="DECIDED_AT"),
        ),
        ("received,decided,case", Columns(case="case", received="received", decided="decided")),
        ("case,received", None),
        ("received,decided", None),
        ("case,activity", None),
        ("", None),
    ],
)
def test_columns_are_guessed_from_their_usual_names(header: str, columns: Columns | None) -> None:
    assert guess_columns(header.split(",")) == columns


def test_columns_are_told_on_the_command_line() -> None:
    told = parse_columns("case=case_id, received=received_on,decided=decided on,outcome=outcome,")
    assert told == Columns(
        case="case_id", received="received_on", decided="decided on", outcome="outcome"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("case=a,colour=b", "(colour)"),
        ("case=a,received", "(received)"),
        ("case=a,case=b", "one is named twice"),
        ("received=a", "which one holds the case number"),
        ("", "which one holds the case number"),
    ],
)
def test_columns_told_wrongly_are_refused(text: str, reason: str) -> None:
    with pytest.raises(FileBroken) as refused:
        parse_columns(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (None, "do not say what they hold"),
        (Columns(case="a"), "name the column received"),
        (Columns(case="a", activity="b"), "name the column received"),
        (Columns(case="a", received="x", decided="y"), "is called x, y"),
        (Columns(case="a", received="twice"), "is called twice"),
    ],
)
def test_missing_columns_are_named_with_those_that_there_are(
    told: Columns | None, reason: str
) -> None:
    with pytest.raises(FileBroken) as refused:
        columns_of(["a", "b", "twice", "twice"], told)
    assert reason in str(refused.value)
    assert "The file has: a, b, twice, twice." in str(refused.value)

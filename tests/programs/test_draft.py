"""What `draft` prints for an unknown log loads at once, and its guesses are sensible."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.channels.casefiles import SourceCase, open_file
from parvis.programs.draft import draft
from parvis.programs.guesses import clock, code_of, ending, roles
from parvis.programs.loader import load_program
from parvis.programs.schema import Columns, Program
from parvis.programs.summary import LogSummary, summarise
from parvis.programs.vocabulary import Does

CASEWORK = Path(__file__).parents[3] / "shared" / "data" / "casework"
EXAMPLES = Path(__file__).parents[2] / "examples" / "programs"
T10 = "T10 Determine necessity to stop indication"
NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)


class Event(NamedTuple):
    """The least that an event must be."""

    at: datetime
    activity: str
    lifecycle: str | None = None


class Case(NamedTuple):
    """The least that a case must be."""

    events: list[Event]
    outcome: str | None = None


def case(*activities: str, lifecycle: str | None = None) -> Case:
    """Make a case with one activity a day."""
    days = enumerate(activities)
    return Case([Event(NOON + timedelta(days=n), name, lifecycle) for n, name in days])


def reload(summary: LogSummary, tmp_path: Path) -> Program:
    """Write a draft and load it."""
    path = tmp_path / "draft.yaml"
    path.write_text(draft(summary, "new"), encoding="utf-8")
    return load_program(path)


@cache
def summary_of(name: str, most: int = 20_000) -> LogSummary:
    """Summarise a real log, at most so many cases of it, or skip where the logs are not there."""
    path = CASEWORK / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the real logs are kept outside the project")
    log = open_file(
        path, now=datetime(2026, 1, 1, tzinfo=UTC), time_zone=ZoneInfo("UTC"), as_told=True
    )
    return summarise(islice(whole(log.read()), most))


def whole(read: Iterator[object]) -> Iterator[SourceCase]:
    """Pass on the cases and leave the rejects."""
    return (found for found in read if isinstance(found, SourceCase))


PAID = [case("Create", "Send", "Pay")] * 18 + [case("Create", "Send", "Collect")] * 2


def test_what_begins_receives_and_what_ends_closes(tmp_path: Path) -> None:
    acts = reload(summarise(PAID), tmp_path).history.activities
    assert {label: act.does for label, act in acts.items()} == {
        "Create": Does.RECEIVE,
        "Send": Does.COMPLETE,
        "Pay": Does.CLOSE,
        "Collect": Does.CLOSE,
    }
    assert acts["Send"].section == "send"


def test_an_ending_that_says_which_way_decides(tmp_path: Path) -> None:
    log = [case("Start", "Check", "Permit granted")] * 5 + [case("Start", "Permit refused")] * 5
    acts = reload(summarise(log), tmp_path).history.activities
    assert acts["Permit granted"].does is Does.APPROVE
    assert acts["Permit refused"].does is Does.REFUSE


def test_an_activity_with_a_start_and_an_end_is_a_step_of_its_section(tmp_path: Path) -> None:
    log = [case("Start", "Check", "Check", "End", lifecycle="start")] * 4
    assert reload(summarise(log), tmp_path).history.activities["Check"].does is Does.STEP


def test_many_activities_group_by_what_stands_before_their_number() -> None:
    names = [f"{family}_{n}" for family in ("01_MAIN", "02_BB") for n in range(8)]
    found = roles(summarise([case("Start", *names, "End")] * 3))
    assert set(found.sections) == {"01_MAIN", "02_BB"}


def test_more_groups_than_a_client_can_read_group_by_their_first_word() -> None:
    names = [f"{family} {chr(97 + n) * 3}" for family in ("A", "O") for n in range(15)]
    found = roles(summarise([case("Start", *names, "End")] * 3))
    assert set(found.sections) == {"A", "O"}


def test_what_is_rare_is_a_step_without_a_section() -> None:
    usual = [f"Step {chr(97 + n)}" for n in range(14)]
    log = [case("Start", *usual, "End")] * 50 + [case("Start", "Odd", *usual, "End")]
    assert roles(summarise(log)).steps == ["Odd"]


def test_sections_stand_in_the_order_in_which_cases_meet_them() -> None:
    found = roles(summarise([case("Start", "Z", "M", "A", "End")] * 3))
    assert list(found.sections) == ["Z", "M", "A"]


def test_events_out_of_order_are_read_in_the_order_of_time() -> None:
    backwards = Case(list(reversed(case("Create", "Send", "Pay").events)))
    assert roles(summarise([backwards])).receive == "Create"


def test_where_nothing_ends_cases_the_draft_says_so() -> None:
    log = [case("Start", *order) for order in ("abc", "bca", "cab", "acb", "bac", "cba")]
    assert "Nothing ends cases here" in draft(summarise(log), "new")


@pytest.mark.parametrize(
    ("said", "does"),
    [
        ("Certification", Does.APPROVE),
        ("Determination Issued - Partial Certification (Returned)", Does.APPROVE),
        ("Certification Expired", Does.APPROVE),
        ("NOT CERTIFIED", Does.REFUSE),
        ("DENIED", Does.REFUSE),
        ("Determination Issued - Rejected", Does.REFUSE),
        ("demande_refusée", Does.REFUSE),
        ("Withdrawn", Does.WITHDRAW),
        ("Abandonnée", Does.ABANDON),
        ("FINAL REVIEW", Does.STEP),
        ("Expired", Does.CLOSE),
        ("Paid", Does.CLOSE),
    ],
)
def test_an_outcome_is_read_by_its_words(said: str, does: Does) -> None:
    assert ending(said) is does


@pytest.mark.parametrize(
    ("offsets", "minute", "zone"),
    [
        ((60, 120), None, "Europe/Brussels"),
        ((120, 180), None, "Europe/Helsinki"),
        ((120, 180), 60, "Europe/Brussels"),
        ((0, 60), 23 * 60, "Europe/Brussels"),
        ((-300, -240), None, "America/Toronto"),
        ((0,), 0, "Etc/UTC"),
        ((180,), None, "Etc/GMT-3"),
        ((-180,), None, "Etc/GMT+3"),
        ((), None, "Etc/UTC"),
    ],
)
def test_the_time_zone_is_guessed_from_the_offsets(
    offsets: tuple[int, ...], minute: int | None, zone: str
) -> None:
    events = [
        Event(
            datetime(
                2024, 1, 15, (minute or 0) // 60 if minute is not None else hour, 0,
                tzinfo=timezone(timedelta(minutes=offset)),
            ),
            "a",
        )
        for offset in offsets
        for hour in range(8, 18)
    ]  # fmt: skip
    found, reason = clock(summarise([Case(events)]))
    assert found == zone
    assert reason
    assert ZoneInfo(found)


def test_a_table_with_a_row_a_case_gives_columns_and_outcomes(tmp_path: Path) -> None:
    columns = Columns(case="id", received="in: on", decided="out", outcome="result")
    rows = [case("received", "decided")._replace(outcome=said) for said in ("Granted", "DENIED")]
    history = reload(summarise(rows, columns=columns), tmp_path).history
    assert history.columns == columns
    assert history.outcomes == {"Granted": Does.APPROVE, "DENIED": Does.REFUSE}
    assert not history.activities


def test_an_empty_log_still_gives_a_program(tmp_path: Path) -> None:
    assert reload(summarise([]), tmp_path).sections


@pytest.mark.parametrize("code", ["", "A b", "été", "a_b", "-a", "a\n"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        draft(summarise(PAID), code)


def test_codes_made_from_labels_differ() -> None:
    taken: set[str] = set()
    labels = ["Étape 1", "Etape-1", "", "!!", "x" * 90]
    made = [code_of(label, taken) for label in labels]
    assert made == ["etape-1", "etape-1-2", "section", "section-2", "x" * 40]


LABELS = st.text(min_size=1, max_size=300).filter(lambda text: bool(text.strip()))


@pytest.mark.parametrize("code", ["1", "1e5", "0x1f", "true", "null", "no"])
def test_a_code_that_yaml_takes_for_something_else_stays_a_code(code: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(draft(summarise([case("Start", code, "End")]), code), encoding="utf-8")
    found = load_program(path)
    assert found.code == code
    assert list(found.sections) == [code]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(LABELS, min_size=1, max_size=30), min_size=1, max_size=4))
def test_a_draft_loads_whatever_the_labels_are(
    tmp_path_factory: pytest.TempPathFactory, logs: list[list[str]]
) -> None:
    summary = summarise(case(*labels) for labels in logs)
    found = reload(summary, tmp_path_factory.mktemp("drafts"))
    assert set(found.history.activities) == {label for labels in logs for label in labels}


@pytest.mark.parametrize(
    ("log", "receive", "closes", "sections"),
    [
        ("road_fine.xes.gz", "Create Fine", {"Payment", "Send for Credit Collection"}, (5, 12)),
        ("env_permit.xes.gz", "Confirmation of receipt", {T10}, (4, 12)),
        ("T_BPIC15_1.xes.gz", "01_HOOFD_0", {"01_HOOFD_5"}, (10, 20)),
        ("T_BPIC15_2.xes.gz", "01_HOOFD_0", {"01_HOOFD_8"}, (10, 20)),
    ],
)  # fmt: skip
def test_a_real_log_gives_a_sensible_program(
    log: str, receive: str, closes: set[str], sections: tuple[int, int], tmp_path: Path
) -> None:
    found = reload(summary_of(log), tmp_path)
    acts = found.history.activities
    assert acts[receive].does is Does.RECEIVE
    assert closes <= {label for label, act in acts.items() if act.does is Does.CLOSE}
    assert sections[0] <= len(found.sections) <= sections[1]
    assert found.time_zone == ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("example", "log"),
    [
        ("road-fine", "road_fine.xes.gz"),
        ("environmental-permit", "env_permit.xes.gz"),
        ("building-permit", "T_BPIC15_1.xes.gz"),
        ("building-permit", "T_BPIC15_2.xes.gz"),
        ("building-permit", "T_BPIC15_3.xes.gz"),
        ("h2b", "h2b_cases_2004_2019.csv.gz"),
    ],
)
def test_an_example_knows_every_activity_and_outcome_of_its_log(example: str, log: str) -> None:
    told, seen = load_program(EXAMPLES / f"{example}.yaml").history, summary_of(log, 100_000)
    assert set(seen.activities) <= set(told.activities)
    assert set(seen.outcomes) <= set(told.outcomes)


def test_every_spelling_of_the_h2b_outcomes_is_read_as_a_person_read_it() -> None:
    told = load_program(EXAMPLES / "h2b.yaml").history.outcomes
    assert {value: ending(value) for value in told} == told

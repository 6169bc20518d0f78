"""An import that is killed at any point: started again, it ends where it would have ended."""

import json
import random  # noqa: TID251 - nothing under test sees it
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.channels.casefiles.writing import Case, write, xes
from tests.jobs.importing.house import House, counted

FACTS = "SELECT count(*) FROM events_event"
CASES = 5_000
ACTIVITIES = ["received", "look", "look", "decided", "checked", "written"]


def cases(seed: int) -> list[Case]:
    """Return cases of one to six events, some of them identical."""
    chance = random.Random(seed)  # noqa: S311
    began = datetime(2020, 1, 1, tzinfo=UTC)
    found: list[Case] = []
    for number in range(CASES):
        at = began + timedelta(minutes=chance.randrange(10**6))
        times = sorted(
            at + timedelta(hours=chance.randrange(4)) for _ in range(chance.randint(1, 6))
        )
        events = [(chance.choice(ACTIVITIES), time.isoformat(), None) for time in times]
        found.append((f"N-{number}", events))
    return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int]:
    """Return a file of half of all events of its cases, the whole file, and its events."""
    whole = cases(1)
    half = [(number, events[::2]) for number, events in whole[: CASES * 2 // 3]]
    folder = tmp_path_factory.mktemp("files")
    paths = [write(folder / f"{n}.xes", xes(part)) for n, part in enumerate((half, whole))]
    return paths[0], paths[1], sum(len(events) for _, events in whole)


def killed(house: House, file: Path, seed: int, total: int) -> None:
    """Start an import and kill it, once the log holds a random number of facts, or a bit later."""
    chance = random.Random(seed)  # noqa: S311
    before = house.facts()
    least = before + chance.randrange(max(total - before, 1))
    process = house.start(file, "study-permit")
    house.until(process, FACTS, least)
    for _ in range(chance.randrange(60)):
        house.facts()
    process.kill()
    # Ends once whoever read the file for it has ended too: nobody is left behind.
    process.communicate(timeout=60)
    while house.is_importing():
        house.facts()


@pytest.mark.parametrize("grown", [False, True], ids=["new files", "files that grow"])
def test_an_import_killed_at_any_point_and_started_again_ends_as_if_it_never_was(
    grown: bool, house: House, other_house: House, files: tuple[Path, Path, int]
) -> None:
    half, whole, total = files
    for each in (house, other_house):
        if grown:
            each.take(half, "study-permit")
    never_killed = other_house.take(whole, "study-permit")
    for seed in range(2):
        killed(house, whole, seed, total)
        assert house.number("SELECT count(*) FROM events_subject WHERE facts = 0") == 0
    summary = house.take(whole, "study-permit")
    assert counted(summary)[:2] == counted(never_killed)[:2] == (CASES, total)
    assert house.content() == other_house.content()
    house.is_sound()
    assert counted(house.take(whole, "study-permit")) == (CASES, total, 0, total, 0)


def test_what_a_killed_import_leaves_is_sound_at_once(
    house: House, files: tuple[Path, Path, int]
) -> None:
    _, whole, total = files
    killed(house, whole, 7, total)
    house.is_sound()
    assert json.loads(house.run("log", "verify", "--json").stdout)["facts"] == house.facts()

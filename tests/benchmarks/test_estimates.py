"""Dates are scored from end to end on little, and a set that is not at hand is left out loudly."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from benchmarks import alarming, estimates, histories, remaining
from benchmarks.ablation import ablated
from benchmarks.histories import SETS, Set, files_in
from parvis.engines.forecasting.calendar import firsts_before
from parvis.engines.forecasting.files import Files, files_of
from tests.engines.forecasting.simulated import FIRST, simulated, touched

BUILDING = next(one for one in SETS if one.name == "building")
ENVIRONMENT = next(one for one in SETS if one.name == "environment")


def log(path: Path, waits: list[int]) -> None:
    """Write an event log: a case a day, each received, examined halfway and decided."""
    lines = ['<log xes.version="1.0">']
    for number, wait in enumerate(waits):
        lines.append(f'<trace><string key="concept:name" value="{number}"/>')
        began = datetime(2010, 10, 1, 9, tzinfo=UTC) + timedelta(days=number)
        for name, share in (("received", 0.0), ("examined", 0.5), ("decided", 1.0)):
            at = (began + timedelta(days=wait * share)).isoformat()
            lines.append(
                f'<event><date key="time:timestamp" value="{at}"/>'
                f'<string key="concept:name" value="{name}"/></event>'
            )
        lines.append("</trace>")
    path.write_bytes(gzip.compress("\n".join([*lines, "</log>"]).encode()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    waits = np.random.default_rng(0).integers(2, 40, 460)
    log(tmp_path / ENVIRONMENT.names[0], waits.tolist())
    return tmp_path


def test_what_is_at_hand_is_scored_and_what_is_not_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimates, "MANY", 4_000)
    monkeypatch.setattr(alarming, "SEEDS", 1)
    found = {one.name: one for one in estimates.run(files=folder)}
    said = capsys.readouterr().out
    assert "BPIC15, three together is left out: T_BPIC15_1.xes.gz" in said
    assert "road fines is left out: road_fine.xes.gz is not at hand" in said
    kept = found["estimates.environment.coverage80"]
    assert 0 < kept.value <= 100
    assert kept.baseline is not None
    assert found["estimates.together.coverage80"].value == kept.value
    assert "estimates.workers.mad" not in found
    assert found["estimates.remaining.env_permit"].unit == "days"


def test_logs_of_a_set_call_what_happened_alike(tmp_path: Path) -> None:
    for name in BUILDING.names:
        log(tmp_path / name, [10, 20])
    files = files_in(BUILDING, tmp_path)
    assert len(files) == 6
    assert files.strata == 1
    assert (files.decided - files.received).tolist() == [10, 20] * 3
    assert files.touches is not None
    assert files.touches.kind.tolist() == [0, 1, 2] * 6
    each = Set("each", "", BUILDING.names, BUILDING.first, BUILDING.last, by="log")
    assert files_in(each, tmp_path).stratum.tolist() == [0, 0, 1, 1, 2, 2]


def test_cut_offs_are_first_days_of_months() -> None:
    days = histories.WORKERS.cutoffs.astype("datetime64[D]")
    assert (str(days[0]), str(days[-1]), len(days)) == ("2012-01-01", "2018-12-01", 84)


def test_each_part_can_be_taken_out() -> None:
    rng = np.random.default_rng(0)
    files = touched(rng, simulated(rng, 900, 900))
    found = dict(ablated(files, firsts_before(FIRST + 700, 2)))
    assert len(found) == 8
    assert len({score.n for score in found.values()}) == 1
    assert found["whole"] != found["no stages"]
    assert found["whole"] != found["91 days only"]


def broken(files: Files, day: int) -> Files:
    """Return the files as if nothing was decided for two months from a day on."""
    later = files.decided >= day
    return files_of(files.received, np.where(later, files.decided + 60, files.decided))


def test_a_break_is_found_in_hindsight_and_how_soon_it_was_noticed() -> None:
    files = simulated(np.random.default_rng(1), 8_000, 4 * 365)
    day = FIRST + 3 * 365
    seen = alarming.noticed(broken(files, day), FIRST + 365, FIRST + 365, day + 120)
    assert len(seen.lags) == seen.in_time == 1
    steady = alarming.noticed(files, FIRST + 365, FIRST + 365, day + 120)
    assert steady.lags == ()


def test_what_is_left_is_told_by_what_happened_last(tmp_path: Path) -> None:
    log(tmp_path / "env_permit.xes.gz", [10] * 100)
    [(_, error)] = remaining.remaining(tmp_path)
    assert error == pytest.approx(0)

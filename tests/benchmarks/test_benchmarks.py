"""Every benchmark runs from end to end on little; how fast it was, no test asks."""

from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks import (
    contacts,
    enquiring,
    importing,
    lookup,
    page,
    permitting,
    results,
    ruling,
    serving,
    signing_in,
    verifying,
    webhooks,
)
from benchmarks.__main__ import main
from benchmarks.house import House, summary
from benchmarks.results import Result
from benchmarks.served import PAGE, Served
from benchmarks.timing import ProgramFailed


@pytest.fixture(autouse=True)
def _no_real_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARVIS_BENCH_FILES", raising=False)
    monkeypatch.setattr("benchmarks.source_files.TOP", tmp_path / "nowhere" / "project")


def named(found: Iterable[Result]) -> dict[str, Result]:
    every = list(found)
    by_name = {one.name: one for one in every}
    assert len(by_name) == len(every)
    return by_name


def test_every_benchmark_runs_from_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    # To make a house takes longest, so they share one as far as they can. The look-up comes first:
    # its files are numbered from 1.
    with House() as shared:
        monkeypatch.setattr(lookup, "House", lambda: nullcontext(shared))
        monkeypatch.setattr(verifying, "House", lambda: nullcontext(shared))
        for_half_and_whole = iter([nullcontext(shared), House()])
        monkeypatch.setattr(importing, "House", lambda: next(for_half_and_whole))
        # Emptying the file cache would slow down whatever else runs here.
        monkeypatch.setattr(lookup, "drop_caches", lambda: False)
        looked_up = named(lookup.run((20,), rounds=1, looks=5, cold_looks=5, cold_from=20))
        imported = named(importing.run(rounds=1, cases=40))
        verified = named(verifying.run(rounds=1, cases=40))
    _check_import(imported)
    assert 0 < verified["verify.rate"].value < verified["verify.as-it-says"].value
    assert looked_up["lookup.20.own-p50"].ratio == 1
    assert looked_up["lookup.20.source-p99"].value > 0
    assert looked_up["lookup.20.bytes-a-fact"].value > 0
    assert "after a restart only" in looked_up["lookup.20.cold-own-p50"].unit


def _check_import(found: dict[str, Result]) -> None:
    assert {one.unit for name, one in found.items() if name != "import.memory"} == {
        "events/s of a made-up file"
    }
    assert found["import.rate"].baseline == found["import.bare-copy"].value
    assert found["import.rate"].value < found["import.as-it-says"].value


def test_serving_is_measured_from_end_to_end() -> None:
    found = named(serving.run((40,), rounds=1, seconds=1, clients=6))
    assert found["serving.40.page-rate"].baseline == found["serving.40.pgbench"].value
    assert found["serving.40.api-kept"].ratio == 1
    assert found["serving.weight.next-visit"].value <= found["serving.weight.first-visit"].value
    assert found["serving.demo.first-page"].value > 0
    [wall] = serving.walls(files=40, rounds=1, seconds=1, clients=6)
    assert wall.baseline is not None
    assert wall.ratio == pytest.approx(wall.value / wall.baseline, rel=0.01)


def test_what_permission_adds_is_measured_from_end_to_end() -> None:
    found = named(permitting.run(files=8, rounds=1, looks=2))
    assert set(found) == {"permission.client", "permission.holder", "permission.written"}
    for one in found.values():
        assert one.baseline


def test_webhooks_are_measured_from_end_to_end() -> None:
    found = named(webhooks.run(deliveries=100))
    assert found["webhooks.arrived"].ratio == 1
    for name in ("out-of-order", "unsigned", "mistaken", "given-up"):
        assert found[f"webhooks.{name}"].value == 0
    assert found["webhooks.repeated"].value <= (found["webhooks.repeated"].baseline or 0)


def test_enquiries_are_measured_from_end_to_end() -> None:
    found = named(enquiring.run(mails=20, agents=3, capacity=4, pause_s=0.1, seconds=1))
    assert found["enquiries.mail-rate"].value > 0
    for name in ("lost", "twice", "given-twice", "form-lost"):
        assert found[f"enquiries.{name}"].value == 0
    assert found["enquiries.given-twice"].baseline == 12
    assert found["enquiries.form-rate"].value > 0


def test_signing_in_is_measured_from_end_to_end() -> None:
    found = named(signing_in.run(rounds=1, seconds=2, clients=2))
    assert found["signing-in.rate"].baseline == found["signing-in.hashes"].value
    assert 0 < found["signing-in.p50"].value <= found["signing-in.p99"].value


def test_the_rules_are_measured_from_end_to_end() -> None:
    found = named(ruling.run(people=40, changed=5, listed=10, compared=1_000))
    assert found["rules.full"].value > 0
    assert found["rules.changes-p50"].value <= found["rules.changes-slowest"].value
    assert found["rules.diff"].unit == "s for 1,000 people"


def test_contacts_are_measured_from_end_to_end() -> None:
    found = named(contacts.run(0.0005, rounds=1))
    assert found["contacts.0.0005.answered"].value == 2_330
    assert found["contacts.0.0005.report-inside"].value < found["contacts.0.0005.report"].value
    assert found["contacts.0.0005.load-rate"].value > 0


def test_an_answer_that_is_not_the_file_asked_for_ends_the_measurement() -> None:
    with House() as house:
        people = summary(house.run("benchmarks.clients", "people", "2"))
        house.run("benchmarks.clients", "files", "0", "4")
        with Served(house) as served:
            one, other = (served.sign_in(each["email"]) for each in people)
            plan = served.plan(people, [one, other])
            assert served.ask(plan, PAGE, seconds=3, seed=1)["rate"] > 0
            plan["cookies"] = dict(zip(plan["cookies"], (other, one), strict=True))
            with pytest.raises(ProgramFailed, match="404"):
                served.ask(plan, PAGE, seconds=1, seed=1)


def test_what_is_named_is_run_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = results.result("verify.rate", 1, "facts/s")
    asked: list[Path] = []

    def run(*, files: Path) -> list[Result]:
        asked.append(files)
        return [one]

    monkeypatch.setattr(verifying, "run", run)
    keep, write = results.keep, page.write
    monkeypatch.setattr(results, "keep", lambda found: keep(found, tmp_path / "results.json"))
    monkeypatch.setattr(page, "write", lambda found: write(found, tmp_path / "page.md"))
    main(["verify", "--files", str(tmp_path)])
    assert asked == [tmp_path]
    assert results.kept(tmp_path / "results.json") == [one]
    assert "1 facts/s" in (tmp_path / "page.md").read_text()


def test_a_benchmark_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["speed"])

"""Every benchmark runs from end to end on little; how fast it was, no test asks."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks import (
    contacts,
    enquiring,
    importing,
    lookup,
    page,
    results,
    ruling,
    verifying,
    webhooks,
)
from benchmarks.__main__ import main
from benchmarks.house import House
from benchmarks.results import Result
from tests.benchmarks.naming import named

pytestmark = pytest.mark.usefixtures("copied_houses")


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


def test_webhooks_are_measured_from_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "be_silent", half_a_minute_later)
    found = named(webhooks.run(deliveries=40))
    assert found["webhooks.arrived"].ratio == 1
    for name in ("out-of-order", "unsigned", "mistaken", "given-up"):
        assert found[f"webhooks.{name}"].value == 0
    assert found["webhooks.repeated"].value <= (found["webhooks.repeated"].baseline or 0)


def half_a_minute_later(house: House) -> None:
    """Have it be as if half a minute had passed since anybody heard of a worker."""
    with house.session() as session:
        session.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 min'"
        )


def test_enquiries_are_measured_from_end_to_end() -> None:
    found = named(enquiring.run(mails=20, agents=3, capacity=4, pause_s=0.1, seconds=1))
    assert found["enquiries.mail-rate"].value > 0
    for name in ("lost", "twice", "given-twice", "form-lost"):
        assert found[f"enquiries.{name}"].value == 0
    assert found["enquiries.given-twice"].baseline == 12
    assert found["enquiries.form-rate"].value > 0


def test_the_rules_are_measured_from_end_to_end() -> None:
    found = named(ruling.run(people=40, changed=5, listed=10, compared=1_000))
    assert found["rules.full"].value > 0
    assert found["rules.changes-p50"].value <= found["rules.changes-slowest"].value
    assert found["rules.diff"].unit == "s for 1,000 people"


def test_contacts_are_measured_from_end_to_end() -> None:
    found = named(contacts.run(0.0001, rounds=1))
    assert found["contacts.0.0001.answered"].value == 466
    assert found["contacts.0.0001.report-inside"].value < found["contacts.0.0001.report"].value
    assert found["contacts.0.0001.load-rate"].value > 0
    assert found["contacts.0.0001.report-page"].value > 0


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

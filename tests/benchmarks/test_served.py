"""What is measured of a house that serves: all of it of one, which serves but once."""

from collections.abc import Iterator
from contextlib import ExitStack, nullcontext

import pytest

from benchmarks import (
    permitting,
    serving,
    signing_in,
)
from benchmarks.served import PAGE
from benchmarks.serving import Site, open_site
from benchmarks.timing import ProgramFailed
from tests.benchmarks.naming import named

pytestmark = pytest.mark.usefixtures("copied_houses")
FILES, CLIENTS = 24, 6


@pytest.fixture(scope="module")
def site(copied_houses: None) -> Iterator[Site]:
    """Return a house that serves a few clients, each measurement after the other."""
    with ExitStack() as stack:
        yield open_site(stack, FILES, CLIENTS)


def test_serving_is_measured_from_end_to_end(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "open_site", lambda *_: site)
    small = ("--scale", "1e-9")
    found = named(serving.run((FILES,), rounds=1, seconds=0.5, clients=CLIENTS, demo=small))
    assert found[f"serving.{FILES}.page-rate"].baseline == found[f"serving.{FILES}.pgbench"].value
    assert found[f"serving.{FILES}.api-kept"].ratio == 1
    assert found["serving.weight.next-visit"].value <= found["serving.weight.first-visit"].value
    assert found["serving.demo.first-page"].value > 0
    [wall] = serving.walls(files=FILES, rounds=1, seconds=0.5, clients=CLIENTS)
    assert wall.baseline is not None
    assert wall.ratio == pytest.approx(wall.value / wall.baseline, rel=0.01)


def test_what_permission_adds_is_measured_from_end_to_end(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permitting, "House", lambda: nullcontext(site.house))
    found = named(permitting.run(files=8, rounds=1, looks=2, clients=CLIENTS))
    assert set(found) == {"permission.client", "permission.holder", "permission.written"}
    for one in found.values():
        assert one.baseline


def test_signing_in_is_measured_from_end_to_end(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "House", lambda: nullcontext(site.house))
    monkeypatch.setattr(signing_in, "Served", lambda _: nullcontext(site.served))
    found = named(signing_in.run(rounds=1, seconds=1, clients=CLIENTS))
    assert found["signing-in.rate"].baseline == found["signing-in.hashes"].value
    assert 0 < found["signing-in.p50"].value <= found["signing-in.p99"].value


def test_an_answer_that_is_not_the_file_asked_for_ends_the_measurement(site: Site) -> None:
    assert site.served.ask(site.plan, PAGE, seconds=0.5, seed=1)["rate"] > 0
    cookies = dict(site.plan["cookies"])
    one, other, *_ = cookies
    cookies[one], cookies[other] = cookies[other], cookies[one]
    with pytest.raises(ProgramFailed, match="404"):
        site.served.ask(site.plan | {"cookies": cookies}, PAGE, seconds=1, seed=1)

"""Documents are scanned by ClamAV's real daemon, which may be slow, gone, or die half-way."""

import io
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from parvis.casework.enquiries.mails import Attached
from parvis.casework.enquiries.models import Attachment
from parvis.casework.enquiries.scanning import scan_waiting
from parvis.casework.enquiries.status import Scan
from parvis.channels.scanner.clamd import Clamd
from parvis.lib import clock
from tests.casework.enquiries.asking import came, mail, open_lines
from tests.scanner import EICAR, LONGEST, MARK, Daemon
from tests.sending import disk, pdf  # noqa: F401 - a fixture


@pytest.fixture(scope="module", params=[False, True], ids=["socket", "port"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Daemon]:
    made = Daemon(tmp_path_factory.mktemp("clamd"), tcp=request.param)
    yield made
    made.kill()


@pytest.fixture
def daemon(running: Daemon) -> Daemon:
    """Return it started, whatever the test before did to it."""
    running.kill()
    running.start()
    return running


class Meanwhile(io.BytesIO):
    """A document at whose second piece something happens."""

    def __init__(self, content: bytes, happens: Callable[[], None]) -> None:
        super().__init__(content)
        self._happens, self._pieces = happens, 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._pieces += 1
        if self._pieces == 2:
            self._happens()
        return super().read(size)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", Scan.CLEAN),
        (pdf(), Scan.CLEAN),
        (b"z" * (LONGEST - 1), Scan.CLEAN),
        (EICAR, Scan.HARMFUL),
        (b"z" * 300_000 + MARK + b"z" * 300_000, Scan.HARMFUL),
        (b"z" * (LONGEST + 1), Scan.UNKNOWN),
    ],
    ids=["empty", "clean", "as large as can be", "a virus", "harm in the midst", "too large"],
)
def test_the_daemon_says_what_it_finds(daemon: Daemon, content: bytes, found: Scan) -> None:
    assert daemon.scanner().scan(io.BytesIO(content)) is found


def test_what_is_far_too_large_is_told_every_time(daemon: Daemon) -> None:
    large = b"z" * 20 * LONGEST
    found = {daemon.scanner().scan(io.BytesIO(large)) for _ in range(20)}
    assert found == {Scan.UNKNOWN}


def test_without_a_daemon_documents_wait(running: Daemon) -> None:
    running.kill()
    assert running.scanner().scan(io.BytesIO(EICAR)) is Scan.WAITING
    assert Clamd("/nowhere/clamd.sock").scan(io.BytesIO(EICAR)) is Scan.WAITING


def test_a_daemon_that_dies_half_way_leaves_the_document_waiting(daemon: Daemon) -> None:
    half_way = Meanwhile(b"z" * 600_000, daemon.kill)
    assert daemon.scanner().scan(half_way) is Scan.WAITING
    daemon.start()
    assert daemon.scanner().scan(io.BytesIO(EICAR)) is Scan.HARMFUL


def test_a_daemon_that_says_nothing_is_not_waited_for_without_end(daemon: Daemon) -> None:
    daemon.pause()
    began = time.monotonic()
    assert daemon.scanner(timeout_s=0.5).scan(io.BytesIO(EICAR)) is Scan.WAITING
    assert time.monotonic() - began < 5
    daemon.go_on()
    assert daemon.scanner().scan(io.BytesIO(EICAR)) is Scan.HARMFUL


def test_a_document_that_comes_slowly_waits_where_the_daemon_does_not(daemon: Daemon) -> None:
    slow = Meanwhile(b"z" * 600_000, lambda: time.sleep(3))
    assert daemon.scanner().scan(slow) in {Scan.WAITING, Scan.UNKNOWN}


@pytest.fixture
def documents(disk: Path, running: Daemon, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811 - that fixture
    """Have three documents, of which the second is harmful, and who asks the daemon."""
    monkeypatch.setattr(settings, "SCANNER", running.scanner(timeout_s=5))
    open_lines()
    files = [pdf(), EICAR, b"z" * (LONGEST + 1)]
    came(mail(attached=tuple(Attached(name="one.pdf", content=one) for one in files)))


def scanned() -> int:
    """Scan what waits; return how many that was."""
    return scan_waiting(until=clock.now() + timedelta(minutes=1), now=clock.now)


def standing() -> list[str]:
    return list(Attachment.objects.order_by("id").values_list("scan", flat=True))


@pytest.mark.django_db
@pytest.mark.usefixtures("documents")
def test_documents_wait_while_the_daemon_is_gone_and_each_is_scanned_once(running: Daemon) -> None:
    running.kill()
    assert scanned() == 0
    assert standing() == [Scan.WAITING] * 3
    running.start()
    assert scanned() == 3
    assert standing() == [Scan.CLEAN, Scan.HARMFUL, Scan.UNKNOWN]
    when = list(Attachment.objects.order_by("id").values_list("scanned_at", flat=True))
    assert scanned() == 0
    assert list(Attachment.objects.order_by("id").values_list("scanned_at", flat=True)) == when


@pytest.mark.django_db
@pytest.mark.usefixtures("documents")
def test_one_that_the_daemon_dies_of_keeps_no_other_waiting(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan, dies = Clamd.scan, [True]

    def scan_and_die_once(self: Clamd, content: io.BytesIO) -> Scan:
        if not dies:
            return scan(self, content)
        dies.clear()
        found = scan(self, Meanwhile(content.read(), daemon.kill))
        daemon.start()
        return found

    monkeypatch.setattr(Clamd, "scan", scan_and_die_once)
    assert scanned() == 2
    assert standing() == [Scan.WAITING, Scan.HARMFUL, Scan.UNKNOWN]
    assert scanned() == 1
    assert standing()[0] == Scan.CLEAN

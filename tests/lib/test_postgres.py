"""The private cluster, on real servers in homes of their own."""

import multiprocessing
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from parvis.lib.postgres import Cluster, NotOurs, PostgresError, PostgresMissing, binaries

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


KEEP = "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS number"


@contextmanager
def open_directory() -> Iterator[Path]:
    """Yield a directory that every user may walk through, as pytest's own is not."""
    directory = Path(tempfile.mkdtemp(prefix="parvis-test-"))
    directory.chmod(0o755)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def top() -> Iterator[Path]:
    with open_directory() as directory:
        yield directory


@pytest.fixture
def cluster(top: Path) -> Iterator[Cluster]:
    """Return a cluster that nothing was done to yet."""
    cluster = Cluster(top / "home")
    yield cluster
    cluster.reset()


@pytest.fixture(scope="module")
def shared() -> Iterator[Cluster]:
    """Return a cluster for all tests that leave it whole."""
    with open_directory() as directory:
        cluster = Cluster(directory / "home")
        yield cluster
        cluster.reset()


@pytest.fixture
def running(shared: Cluster) -> Cluster:
    shared.start()
    return shared


def tell(cluster: Cluster, statements: str) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(statements)


def ask(cluster: Cluster, question: str) -> object:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def crash(cluster: Cluster) -> int:
    """Kill the server so that it can clean up nothing, and return the number it had."""
    pid = cluster.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while cluster.status().pid is not None:
        time.sleep(0.01)
    return pid


def test_the_address_is_told_before_anything_exists_and_holds_afterwards(cluster: Cluster) -> None:
    told = cluster.url
    assert not cluster.home.exists()
    cluster.start()
    assert cluster.url == told


def test_it_starts_with_a_french_canadian_database_that_we_own_and_no_more(
    running: Cluster,
) -> None:
    assert ask(running, "SELECT current_database() || ' of ' || current_user") == "parvis of parvis"
    words = (
        "SELECT string_agg(word, ' ' ORDER BY word) FROM unnest('{zone,école,ete}'::text[]) word"
    )
    assert ask(running, words) == "école ete zone"
    assert ask(running, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert ask(running, "SHOW fsync") == "on"
    assert ask(running, "SHOW jit") == "off"


def test_it_listens_on_no_network(running: Cluster) -> None:
    assert ask(running, "SHOW listen_addresses") == ""


def test_a_second_start_is_instant_and_starts_nothing(
    running: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = running.status().pid
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a process was started"))
    began = time.perf_counter()
    running.start()
    assert time.perf_counter() - began < 0.02
    assert running.status().pid == before


def test_status_tells_how_it_stands_and_changes_nothing(cluster: Cluster) -> None:
    stands = cluster.status()
    assert (stands.running, stands.pid, stands.version, stands.size) == (False, None, None, 0)
    assert not cluster.home.exists()
    cluster.start()
    stands = cluster.status()
    assert stands.running
    assert stands.version is not None
    assert int(stands.version) >= binaries.OLDEST
    assert stands.size > 10_000_000


def test_data_outlives_a_stop(running: Cluster) -> None:
    tell(running, KEEP)
    running.stop()
    assert not running.status().running
    running.start()
    assert ask(running, "SELECT number FROM kept") == 7


def test_after_a_crash_it_starts_again_with_what_was_committed(running: Cluster) -> None:
    tell(running, KEEP)
    crashed = crash(running)
    running.start()
    assert running.status().pid != crashed
    assert ask(running, "SELECT number FROM kept") == 7


def test_a_number_left_by_a_crash_and_since_given_to_another_process_does_not_stop_it(
    running: Cluster,
) -> None:
    data = running.status().data
    told = (data / "postmaster.pid").read_text().split("\n", 1)[1]
    running.stop()
    # As the server's own user, who alone is asked: a process that is alive and no server.
    stranger = subprocess.Popen(["sleep", "60"], user=data.stat().st_uid)
    try:
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{told}")
        assert not running.status().running
        running.start()
        assert ask(running, "SELECT 1") == 1
    finally:
        stranger.kill()
        stranger.wait()


def test_of_two_processes_at_once_one_makes_it_and_both_find_it(cluster: Cluster) -> None:
    program = (
        "import sys, pathlib; from parvis.lib.postgres import Cluster;"
        "c = Cluster(pathlib.Path(sys.argv[1])); c.start(); print(c.status().pid)"
    )
    command = [sys.executable, "-c", program, cluster.home]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert told[0] == told[1]


def test_a_home_deleted_under_a_running_server_is_made_anew_and_stays(cluster: Cluster) -> None:
    cluster.start()
    first = cluster.status().pid
    assert first is not None
    shutil.rmtree(cluster.home)
    cluster.start()
    assert not Path(f"/proc/{first}/cmdline").exists() or b"postgres" not in (
        Path(f"/proc/{first}/cmdline").read_bytes()
    )
    assert ask(cluster, "SELECT 1") == 1


def test_a_home_with_a_long_name_gets_its_socket_elsewhere(top: Path) -> None:
    cluster = Cluster(top / ("long" * 30) / "home")
    try:
        cluster.start()
        assert ask(cluster, "SELECT 1") == 1
    finally:
        cluster.reset()


def test_a_home_that_moved_starts_in_its_new_place(top: Path) -> None:
    old, new = Cluster(top / "old"), Cluster(top / "new")
    old.start()
    old.stop()
    old.home.rename(new.home)
    new.start()
    assert ask(new, "SELECT 1") == 1
    new.reset()


def test_a_making_that_was_cut_short_is_done_again(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("parvis.lib.postgres.making._DATABASE", "nonsense;\n")
        with pytest.raises(PostgresError):
            cluster.start()
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def test_a_directory_that_is_not_ours_is_neither_used_nor_deleted(tmp_path: Path) -> None:
    treasure = tmp_path / "postgres" / "treasure"
    treasure.parent.mkdir()
    treasure.write_text("somebody's")
    for act in (Cluster(tmp_path).reset, Cluster(tmp_path).start):
        with pytest.raises(NotOurs, match="not a cluster of Parvis"):
            act()
    assert treasure.read_text() == "somebody's"


def test_a_link_to_somebody_elses_directory_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "parvis.conf").touch()
    (tmp_path / "postgres").symlink_to(elsewhere)
    with pytest.raises(NotOurs):
        Cluster(tmp_path).reset()
    assert elsewhere.is_dir()


def test_deleting_leaves_nothing_behind(cluster: Cluster) -> None:
    cluster.start()
    data = cluster.status().data
    cluster.reset()
    assert not data.parent.exists()
    assert [path.name for path in cluster.home.iterdir()] == ["postgres.lock"]


def test_where_postgresql_is_missing_we_say_what_to_install(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARVIS_PG_BIN", str(top))
    with pytest.raises(PostgresMissing, match="apt-get install postgresql;"):
        Cluster(top / "home").start()


def test_data_of_another_version_names_the_version_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PARVIS_PG_BIN", raising=False)
    with pytest.raises(PostgresMissing, match="apt-get install postgresql-99"):
        binaries.find(99)


def test_variables_meant_for_another_server_do_not_reach_ours(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "9", "PGDATA": "/nowhere", "PGHOST": "other"}.items():
        monkeypatch.setenv(name, value)
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


@as_root
def test_roots_cluster_lies_outside_a_home_that_the_server_cannot_reach(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    cluster = Cluster(tmp_path / "home")
    try:
        cluster.start()
        link = cluster.home / "postgres"
        assert link.resolve().is_relative_to("/var/lib/parvis")
        assert link.is_symlink()
        assert ask(cluster, "SELECT 1") == 1
    finally:
        cluster.reset()
    assert not link.is_symlink()


@as_root
def test_roots_data_of_a_home_that_was_deleted_is_set_aside_and_not_shown_again(
    tmp_path: Path,
) -> None:
    tmp_path.chmod(0o700)
    cluster = Cluster(tmp_path / "home")
    files = cluster.status().data.parent
    try:
        cluster.start()
        tell(cluster, KEEP)
        shutil.rmtree(cluster.home)
        cluster.start()
        assert ask(cluster, "SELECT to_regclass('kept')") is None
        (aside,) = files.parent.glob(f"{files.name}.*")
        shutil.rmtree(aside)
    finally:
        cluster.reset()


@as_root
def test_another_user_of_the_machine_does_not_get_in(running: Cluster) -> None:
    files = running.status().data.parent
    assert stat.S_IMODE(files.stat().st_mode) == 0o700
    # Even one who got as far as the socket is asked by the kernel who he is.
    files.chmod(0o711)
    (files / ".s.PGSQL.5432").chmod(0o777)
    try:
        assert in_the_shoes_of("nobody", _is_turned_away, running)
    finally:
        files.chmod(0o700)


@as_root
def test_a_home_of_somebody_else_is_told_in_a_sentence(top: Path) -> None:
    assert in_the_shoes_of("nobody", _is_told_to_choose_another, Cluster(top / "home"))


@as_root
def test_an_ordinary_user_has_a_cluster_too_and_root_can_use_it(top: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(top, nobody.pw_uid, nobody.pw_gid)
    cluster = Cluster(top / "home")
    assert in_the_shoes_of("nobody", _start_crash_and_start_again, cluster)
    assert cluster.status().data.stat().st_uid == nobody.pw_uid
    assert ask(cluster, "SELECT 1") == 1
    cluster.stop()
    cluster.start()
    assert in_the_shoes_of("nobody", _reset, cluster)


def _is_turned_away(cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"[Pp]eer authentication failed"):
        ask(cluster, "SELECT 1")


def _is_told_to_choose_another(cluster: Cluster) -> None:
    with pytest.raises(PostgresError, match="set PARVIS_HOME"):
        cluster.start()


def _start_crash_and_start_again(cluster: Cluster) -> None:
    cluster.start()
    crash(cluster)
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def _reset(cluster: Cluster) -> None:
    cluster.reset()
    assert not cluster.status().running


def in_the_shoes_of(user: str, act: Callable[[Cluster], None], cluster: Cluster) -> bool:
    """Do something as another user, in a copy of this process: our Python may be out of reach."""

    def become_and_act() -> None:
        who = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(who.pw_gid)
        os.setuid(who.pw_uid)
        act(cluster)

    process = multiprocessing.get_context("fork").Process(target=become_and_act)
    process.start()
    process.join(timeout=60)
    return process.exitcode == 0

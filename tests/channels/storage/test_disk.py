"""Contents on the disk: whole or not at all, once, and nobody else's to read."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from parvis.casework.documents.store import StoreFailed
from parvis.channels.storage.disk import Disk
from tests.sending import opened, pdf

DIGEST = hashlib.sha256(pdf()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_contents_come_back_as_they_were(folder: Path) -> None:
    disk = Disk(folder)
    assert not disk.holds(DIGEST)
    disk.keep(DIGEST, opened(pdf()))
    assert disk.holds(DIGEST)
    with disk.open(DIGEST) as content:
        assert content.read() == pdf()


def test_the_same_contents_twice_are_kept_once(folder: Path) -> None:
    disk = Disk(folder)
    for _ in range(2):
        disk.keep(DIGEST, opened(pdf()))
    assert files(folder) == [folder / DIGEST[:2] / DIGEST]


def test_only_the_owner_may_read_them(folder: Path) -> None:
    Disk(folder).keep(DIGEST, opened(pdf()))
    assert {path.stat().st_mode & 0o777 for path in files(folder)} == {0o600}
    folders = [path for path in (folder, *folder.iterdir()) if path.is_dir()]
    assert {path.stat().st_mode & 0o077 for path in folders} == {0}


@pytest.mark.parametrize("digest", ["", "../../secrets/secret.key", DIGEST.upper(), DIGEST + "0"])
def test_what_is_not_a_digest_is_no_path(folder: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        Disk(folder).holds(digest)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_told_and_leaves_nothing_half(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*(os, "fsync") if step == "fsync" else (Path, "replace"), full)
        with pytest.raises(StoreFailed, match="No space left"):
            Disk(folder).keep(DIGEST, opened(pdf()))
    assert files(folder) == []
    Disk(folder).keep(DIGEST, opened(pdf()))
    assert len(files(folder)) == 1


def test_contents_are_on_the_disk_before_they_have_their_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(number: int) -> None:
        done.append("fsync")
        fsync(number)

    def noted_replace(self: Path, to: Path) -> Path:
        done.append("rename")
        return replace(self, to)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    Disk(folder).keep(DIGEST, opened(pdf()))
    assert done[:2] == ["fsync", "rename"]
    assert "fsync" in done[2:]

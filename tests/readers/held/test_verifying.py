"""Whether an archive is whole and ours: what was changed is named, and no trap is stepped into."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.lib.signatures import Signer
from parvis.readers.held.verifying import NotAnArchive, Verdict, verify
from tests.sending import disk  # noqa: F401 - a fixture
from tests.taking import SIGNER, answered, members, packed, repacked

pytestmark = pytest.mark.django_db
KEY = SIGNER.public_key


@pytest.fixture
def whole(disk: Path) -> bytes:  # noqa: F811 - that fixture
    return packed(answered())


def judged(tmp_path: Path, content: bytes, key: bytes = KEY) -> Verdict:
    path = tmp_path / "one.zip"
    path.write_bytes(content)
    return verify(path, key)


def refused(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(NotAnArchive, match=says):
        judged(tmp_path, content)


def test_a_whole_one_is_ours(tmp_path: Path, whole: bytes) -> None:
    verdict = judged(tmp_path, whole)
    assert (verdict.findings, verdict.warnings, verdict.members) == ([], [], 8)


def test_every_member_that_was_changed_is_named(tmp_path: Path, whole: bytes) -> None:
    for name in json.loads(members(whole)["manifest.json"])["members"]:
        found = members(whole)
        found[name["name"]] += b" "
        path = repacked(tmp_path / "changed.zip", found)
        assert verify(path, KEY).findings == [f"{name['name']}: changed since we made the archive"]


def test_what_is_missing_and_what_was_added_is_named(tmp_path: Path, whole: bytes) -> None:
    found = members(whole)
    del found["accesses.csv"]
    found["extra.txt"] = b"hello"
    verdict = verify(repacked(tmp_path / "other.zip", found), KEY)
    assert verdict.findings == ["accesses.csv: missing", "extra.txt: not ours, added later"]


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig"])
def test_a_manifest_that_we_did_not_sign_is_not_believed(
    tmp_path: Path, whole: bytes, name: str
) -> None:
    found = members(whole)
    found[name] += b" "
    [finding] = verify(repacked(tmp_path / "other.zip", found), KEY).findings
    assert "its signature is not ours" in finding


def test_one_made_by_somebody_else_is_not_ours_whatever_key_it_brings(
    tmp_path: Path, whole: bytes
) -> None:
    theirs = Signer(b"another secret", purpose="tests")
    found = members(whole)
    found["manifest.sig"] = theirs.sign(found["manifest.json"])
    found["key.pem"] = theirs.public_key
    [finding] = verify(repacked(tmp_path / "other.zip", found), KEY).findings
    assert "its signature is not ours" in finding


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x", "a\\b", "documents/.hidden", "é"],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, whole: bytes, name: str) -> None:
    path = repacked(tmp_path / "trap.zip", members(whole) | {name: b"x"})
    refused(tmp_path, path.read_bytes(), "dangerous name")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path: Path, whole: bytes) -> None:
    path = repacked(tmp_path / "twice.zip", members(whole))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("file.json", b"{}")
    refused(tmp_path, path.read_bytes(), "2 times")


def test_a_bomb_is_not_read_past_what_we_signed(tmp_path: Path, whole: bytes) -> None:
    bomb = bytes(200 * 1024 * 1024)
    path = repacked(tmp_path / "bomb.zip", members(whole) | {"file.json": bomb})
    assert verify(path, KEY).findings == ["file.json: changed since we made the archive"]
    path = repacked(tmp_path / "bomb.zip", members(whole) | {"manifest.json": bomb})
    assert "its signature is not ours" in verify(path, KEY).findings[0]


def test_other_ways_of_packing_are_refused(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "lzma.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in members(whole).items():
            archive.writestr(name, content)
    refused(tmp_path, path.read_bytes(), "packed or locked")
    locked = bytearray(whole)
    at = locked.index(b"PK\x01\x02")
    struct.pack_into("<H", locked, at + 8, 0x1)
    refused(tmp_path, bytes(locked), "packed or locked")


@pytest.mark.parametrize(
    ("meddle", "says"),
    [
        (lambda content: b"", "broken or cut off"),
        (lambda content: b"hello", "broken or cut off"),
        (lambda content: content[: len(content) // 2], "broken or cut off"),
        (lambda content: content[:-1], "broken or cut off"),
        (lambda content: b"MZ" + content, "before or after"),
        (lambda content: content[100:], "broken or cut off|before or after"),
    ],
)
def test_what_is_broken_or_cut_off_is_told(
    tmp_path: Path, whole: bytes, meddle: Callable[[bytes], bytes], says: str
) -> None:
    refused(tmp_path, meddle(whole), says)


def test_another_zip_is_none_of_ours(tmp_path: Path) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "hello")
    refused(tmp_path, other.getvalue(), "no manifest.json")


def test_a_shape_of_another_version_is_told(tmp_path: Path, whole: bytes) -> None:
    found = members(whole)
    for manifest, says in (
        (found["manifest.json"].replace(b"parvis-file/1", b"parvis-file/9"), "parvis-file/9"),
        (b"[]", "does not know"),
    ):
        signed = {"manifest.json": manifest, "manifest.sig": SIGNER.sign(manifest)}
        path = repacked(tmp_path / "new.zip", found | signed)
        refused(tmp_path, path.read_bytes(), says)


def test_whatever_bytes_are_changed_it_is_told_without_a_crash(
    tmp_path: Path, whole: bytes
) -> None:
    """No change to a member passes; what is outside them may, such as a member's date."""
    sound = members(whole)

    @settings(
        max_examples=150,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1))
    def meddled(changes: list[tuple[int, int]]) -> None:
        content = bytearray(whole)
        for at, byte in changes:
            content[at] = byte
        try:
            verdict = judged(tmp_path, bytes(content))
        except NotAnArchive:
            return
        assert verdict.findings or members(bytes(content)) == sound

    meddled()

"""Opening a file: what it is, and what is said when it is nothing that can be read."""

import gzip
import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.channels.casefiles import FileBroken, open_file
from parvis.channels.casefiles.numbers import Numbers
from parvis.channels.casefiles.source import CHUNK, Source
from tests.channels.casefiles.writing import NOW, TORONTO, event, log, read, trace, write


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cases.csv", b"", "the file is empty"),
        ("cases.csv.gz", b"", "the file is empty"),
        ("cases.xes", b"\xef\xbb\xbf \r\n", "the file is empty"),
        ("cases.xlsx", b"PK\x03\x04", "workbook or an archive"),
        ("cases.xes", b"case,received,decided\n", "does not begin with <"),
        ("cases.parquet", b"case,received,decided\n", "does not begin with PAR1"),
        ("cases", b"\x89PNG\r\x1a\0\0\0", "of no known format"),
        ("cases", b"PAR1", "cannot be opened"),
        ("cases.csv", b"a,b\n1,2\n", "The file has: a, b."),
    ],
)
def test_a_file_of_no_use_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(FileBroken) as refused:
        open_file(write(tmp_path / name, content), now=NOW, time_zone=TORONTO)
    assert reason in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "No such file" in str(read(tmp_path / "cases.csv").broken)
    assert "is a directory" in str(read(tmp_path).broken)


def test_a_file_that_goes_away_or_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.xes", log(trace("A-1", event("Received"))))
    file = open_file(path, now=NOW, time_zone=TORONTO)
    path.unlink()
    with pytest.raises(FileBroken, match="cannot be read: No such file"):
        list(file.read())
    path.symlink_to("/proc/self/mem" if Path("/proc/self/mem").exists() else tmp_path)
    assert read(path).broken is not None


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 50 * CHUNK])
@pytest.mark.parametrize("what", [bytes, hashlib.shake_256(b"x").digest])
def test_a_packed_file_unpacks_to_what_it_was(
    tmp_path: Path, size: int, what: Callable[[int], bytes]
) -> None:
    data = what(size)
    source = Source(write(tmp_path / "data.gz", data))
    assert (b"".join(source.chunks()), source.broken) == (data, None)


def test_a_damaged_file_keeps_what_came_before(tmp_path: Path) -> None:
    traces = [
        trace(f"A-{n}", event(f"Step {hashlib.sha256(b'%d' % n).hexdigest()}"))
        for n in range(5_000)
    ]
    path = write(tmp_path / "cases.xes.gz", log(*traces))
    packed = path.read_bytes()
    path.write_bytes(packed[:-5_000] + bytes(1_000) + packed[-4_000:])
    got = read(path)
    assert got.numbers == [f"A-{n}" for n in range(len(got.cases))]
    assert len(got.cases) > 3_000
    assert "damaged" in str(got.broken) or "is wrong" in str(got.broken)


def test_a_wrong_sum_is_told_once_all_is_read(tmp_path: Path) -> None:
    data = log(trace("A-1", event("Received"))).encode()
    packed = gzip.compress(data)
    wrong = (zlib.crc32(data) ^ 1).to_bytes(4, "little")
    path = tmp_path / "cases.xes.gz"
    path.write_bytes(packed[:-8] + wrong + packed[-4:])
    assert "the sum that checks the compressed file is wrong" in str(read(path).broken)


def test_numbers_are_known_again_with_the_line_where_they_first_stood() -> None:
    numbers = Numbers()
    assert [numbers.seen_on(f"A-{n}", n) for n in range(20_000)] == [None] * 20_000
    assert [numbers.seen_on(f"A-{n}", 0) for n in range(20_000)] == list(range(20_000))
    assert numbers.seen_on("B", 7) is None

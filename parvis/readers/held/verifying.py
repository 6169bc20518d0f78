"""Whether an archive is whole and ours, and which of its members is not as we made it.

Nothing is unpacked, and no member is read further than its manifest says it goes: the manifest is
believed once its signature is. Needs no database, and with a key no house either.
"""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile

from pydantic import BaseModel, ValidationError

from parvis.lib.signatures import NoKey, is_signed
from parvis.readers.held.members import FORMAT, MANIFEST, SIGNATURE

_PIECE = 64 * 1024
_LONGEST_MANIFEST = 16 * 1024 * 1024
_SIGNATURE_BYTES = 64
_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)?")
"""Names that lead nowhere but into the archive's own folder."""
_UNREADABLE = (
    BadZipFile,
    LargeZipFile,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Python's own reader raises on archives that are broken, encrypted or made to trip it."""


class NotAnArchive(Exception):
    """What was given cannot be read as an archive of this kind; the sentence says why."""


class _Member(BaseModel):
    name: str
    size: int
    sha256: str


class _Manifest(BaseModel):
    format: str
    number: str
    made_at: str
    members: list[_Member]
    lost: list[str]
    altered: list[str]


@dataclass
class Verdict:
    """What was found; the archive is whole and ours where `findings` is empty."""

    number: str = ""
    made_at: str = ""
    members: int = 0
    findings: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """What the house itself said of it when it was made: documents that it no longer had whole."""


def verify(path: Path, public_key: bytes) -> Verdict:
    """Return what is wrong with an archive; raise `NotAnArchive` where it cannot be read as one.

    Raises `NoKey` for a key that is none, `OSError` where the file cannot be opened.
    """
    with path.open("rb") as file:
        try:
            with ZipFile(file) as archive:
                return _verdict(archive, public_key)
        except NoKey:
            raise
        except (OSError, *_UNREADABLE):
            # An operating system's error, too: a place before the file's beginning, for one.
            raise NotAnArchive("It is broken or cut off, or no ZIP archive at all.") from None


def _verdict(archive: ZipFile, public_key: bytes) -> Verdict:
    names = Counter(info.filename for info in archive.infolist())
    _refuse_traps(archive, names)
    for needed in (MANIFEST, SIGNATURE):
        if needed not in names:
            raise NotAnArchive(f"It has no {needed}, so it is no file taken along from Parvis.")
    told = _read(archive, MANIFEST, _LONGEST_MANIFEST)
    signature = _read(archive, SIGNATURE, _SIGNATURE_BYTES)
    if told is None or signature is None or not is_signed(told, signature, public_key):
        return Verdict(
            findings=[
                f"{MANIFEST}: its signature is not ours; it was changed, or made by somebody else"
            ]
        )
    try:
        manifest = _Manifest.model_validate_json(told)
    except ValidationError:
        raise NotAnArchive("It is ours, of a shape that this version does not know.") from None
    if manifest.format != FORMAT:
        raise NotAnArchive(f"It is of the shape {manifest.format}; this version reads {FORMAT}.")
    return _compared(archive, manifest, names)


def _refuse_traps(archive: ZipFile, names: Mapping[str, int]) -> None:
    """Refuse names that lead elsewhere, and all that two programs may read differently."""
    for name, times in names.items():
        if not _SAFE.fullmatch(name):
            raise NotAnArchive(f"It holds a member with a dangerous name: {name[:80]!a}.")
        if times > 1:
            raise NotAnArchive(f"It holds {name} {times} times; nobody can tell which one counts.")
    for info in archive.infolist():
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.flag_bits & 1:
            raise NotAnArchive(f"{info.filename} is packed or locked in a way that we never use.")
    first = min((info.header_offset for info in archive.infolist()), default=0)
    if first != 0 or archive.comment:
        raise NotAnArchive("Something stands before or after the archive, within the same file.")


def _compared(archive: ZipFile, manifest: _Manifest, names: Mapping[str, int]) -> Verdict:
    verdict = Verdict(manifest.number, manifest.made_at, len(manifest.members))
    for one in manifest.members:
        if one.name not in names:
            verdict.findings.append(f"{one.name}: missing")
        elif _digest(archive, one) != one.sha256:
            verdict.findings.append(f"{one.name}: changed since we made the archive")
    known = {one.name for one in manifest.members} | {MANIFEST, SIGNATURE}
    verdict.findings += [f"{name}: not ours, added later" for name in names if name not in known]
    verdict.warnings += [f"{name}: we no longer had it" for name in manifest.lost]
    verdict.warnings += [f"{name}: it was not as it came to us" for name in manifest.altered]
    return verdict


def _digest(archive: ZipFile, one: _Member) -> str | None:
    """Return a member's digest; None where it is longer than it should be, or cannot be read."""
    digest, left = sha256(), one.size
    try:
        with archive.open(one.name) as member:
            while piece := member.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    return None
                digest.update(piece)
    except _UNREADABLE:
        return None
    return digest.hexdigest()


def _read(archive: ZipFile, name: str, most: int) -> bytes | None:
    """Return a member's content; None where it is longer than such a one may be."""
    with archive.open(name) as member:
        content = member.read(most + 1)
    return content if len(content) <= most else None

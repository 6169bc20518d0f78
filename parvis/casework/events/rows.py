"""A fact's row, as the bytes that are both hashed and sent.

The row is built once in PostgreSQL's binary COPY form (big-endian, every field behind its length).
Its digest is SHA-256 over the digest before it on the same subject and these bytes without the
digest field, so what the database stores can be read back and checked without rebuilding anything:
https://www.postgresql.org/docs/current/sql-copy.html (Binary Format).
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import NamedTuple

COLUMNS = "subject_id, at, recorded_at, seq, version, kind, by, payload, digest"
ALL = f"SELECT {COLUMNS} FROM events_event ORDER BY subject_id, seq"  # noqa: S608 - our own words
"""All facts, subject by subject, in the order in which we learned them."""
NO_FACT = bytes(32)
"""The digest before the first fact."""

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"

_POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIXED = Struct(">hiqiqiqiiih")
_LENGTH = Struct(">i")
_FIELDS = 9
_DIGEST_LENGTH = _LENGTH.pack(32)
_SUBJECT = Struct(">hiq")
_FACTS = Struct(">iii")
_KIND = _FIXED.size + 4
"""Where a row's kind begins: after the field count, the fixed fields and its own length."""
_ROW = Struct(">2x4xq4xq4xq4xi")


def moment(at: datetime) -> int:
    """Return an aware moment as PostgreSQL keeps it: microseconds since 2000-01-01 UTC."""
    return (at - _POSTGRES_EPOCH) // _MICROSECOND


def field(value: bytes) -> bytes:
    """Return a value behind its length."""
    return _LENGTH.pack(len(value)) + value


class Encoded(NamedTuple):
    """A fact as its row keeps it: kind and payload each behind its length."""

    kind: bytes
    version: int
    payload: bytes


def encode(kind: str, version: int, payload: bytes) -> Encoded:
    """Return a fact's own part of its row."""
    return Encoded(field(kind.encode()), version, field(payload))


class Envelope(NamedTuple):
    """What all facts of one writing share: when we learned them and from whom, ready to send."""

    recorded_at: int
    by: bytes


def envelope(recorded_at: datetime, by: str) -> Envelope:
    """Return the envelope of a writing."""
    return Envelope(moment(recorded_at), field(by.encode()))


def row(
    envelope: Envelope, place: tuple[int, int], at: datetime, fact: Encoded, before: bytes
) -> tuple[bytes, bytes]:
    """Return a fact's row and its digest; `place` is its subject and sequence number."""
    recorded_at, by = envelope
    subject_id, seq = place
    kind, version, payload = fact
    body = (
        _FIXED.pack(_FIELDS, 8, subject_id, 8, moment(at), 8, recorded_at, 4, seq, 2, version)
        + kind
        + by
        + payload
    )
    digest = sha256(before + body[2:]).digest()
    return body + _DIGEST_LENGTH + digest, digest


def subject_row(kind: str) -> Callable[[tuple[int, int, bytes]], bytes]:
    """Return what makes the row of a new subject of this kind out of its head."""
    kind_field = field(kind.encode())

    def as_row(head: tuple[int, int, bytes]) -> bytes:
        subject_id, facts, digest = head
        return _SUBJECT.pack(4, 8, subject_id) + kind_field + _FACTS.pack(4, facts, 32) + digest

    return as_row


def digest_of(kept: bytes, before: bytes) -> tuple[bytes, bytes]:
    """Return the digest that a kept row should have, and the one that it has."""
    return sha256(before + kept[2:-36]).digest(), kept[-32:]


def kind_of(kept: bytes) -> bytes:
    """Return the kind of a kept row's fact."""
    return kept[_KIND : _KIND + _LENGTH.unpack_from(kept, _KIND - 4)[0]]


def place_of(kept: bytes) -> tuple[int, int]:
    """Return the subject id and the sequence number of a kept row."""
    subject_id, _, _, seq = _ROW.unpack_from(kept)
    return subject_id, seq

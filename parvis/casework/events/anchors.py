"""Anchors: what the log held on a day, kept outside the database and sealed with a key.

An anchor is a file: one line of JSON, then the heads of the subjects that grew since the anchor
before it (id, facts, first half of the digest). Each seal covers the seal before it, so that a
changed or forged anchor shows, and one dropped from among others. One dropped from the end does
not: copies belong on another machine.
"""

import fcntl
import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

HEADS = np.dtype([("id", ">i8"), ("facts", ">i4"), ("head", "S16")])
Heads = npt.NDArray[np.void]
_FIRST = "0" * 64


@dataclass(frozen=True)
class Anchors:
    """The anchors in a folder, sealed with a key."""

    folder: Path
    key: bytes

    def files(self) -> list[Path]:
        """Return the anchors' files, oldest first."""
        return sorted(self.folder.glob("*.anchor"))

    def read(self) -> tuple[Heads, list[str]]:
        """Return every anchored head, by id and facts, and what ails the files.

        Every one, not the last of each subject: an anchor made after the log was tampered with
        must not stand for those before it.
        """
        parts, wrong, n = [np.empty(0, HEADS)], [], 0
        before: str | None = _FIRST
        for path in self.files():
            line, _, body = path.read_bytes().partition(b"\n")
            try:
                told = json.loads(line)
                sealed = {name: told[name] for name in ("n", "at", "before")}
                seal = told["seal"]
            except (ValueError, KeyError, TypeError):
                wrong.append(f"anchor {path.name} cannot be read")
                n, before = n + 1, None
                continue
            if not hmac.compare_digest(self._seal(sealed, body).encode(), _bytes(seal)):
                wrong.append(f"anchor {path.name} was altered, or sealed with another key")
                n, before = n + 1, None
                continue
            if sealed["n"] != n + 1 or before not in (None, sealed["before"]):
                wrong.append(f"an anchor is missing before {path.name}")
            n, before = sealed["n"], seal
            parts.append(np.frombuffer(body, HEADS))
        heads = np.concatenate(parts)
        return heads[np.lexsort((heads["facts"], heads["id"]))], wrong

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder's lock, so that of two who anchor at once one builds on the other."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def add(self, heads: Iterable[Heads], *, at: datetime) -> Path | None:
        """Anchor the subjects that grew since the last anchor; None where none did.

        `heads` are all subjects as they stand, by id, in parts.
        Raises `AnchorsBroken` rather than seal anything on top of anchors that do not hold.
        """
        anchored, wrong = self.read()
        if wrong:
            raise AnchorsBroken("; ".join(wrong))
        last = _last_of_each(anchored)
        body = b"".join(part[~_known(part, last)].tobytes() for part in heads)
        if not body:
            return None
        files = self.files()
        before = json.loads(files[-1].read_bytes().partition(b"\n")[0])["seal"] if files else _FIRST
        sealed = {"n": len(files) + 1, "at": at.isoformat(), "before": before}
        line = json.dumps(sealed | {"seal": self._seal(sealed, body)})
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"{len(files) + 1:06}-{at:%Y-%m-%d}.anchor"
        fresh = path.with_suffix(".new")
        fresh.write_bytes(line.encode() + b"\n" + body)
        fresh.replace(path)
        return path

    def _seal(self, sealed: dict[str, object], body: bytes) -> str:
        what = json.dumps(sealed, sort_keys=True).encode() + b"\n" + body
        return hmac.new(self.key, what, sha256).hexdigest()


class AnchorsBroken(Exception):
    """The anchors that exist do not hold, so no other may be built on them."""


def _bytes(told: object) -> bytes:
    return str(told).encode(errors="replace")


def _last_of_each(heads: Heads) -> Heads:
    """Return the last head of each subject, of heads sorted by id and facts."""
    last = np.ones(heads.size, np.bool_)
    last[:-1] = heads["id"][1:] != heads["id"][:-1]
    return heads[last]


def _known(heads: Heads, anchored: Heads) -> npt.NDArray[np.bool_]:
    """Return which of these heads, sorted by id, are anchored as they are."""
    if not anchored.size:
        return np.zeros(heads.shape, np.bool_)
    places = np.minimum(np.searchsorted(anchored["id"], heads["id"]), anchored.size - 1)
    same: npt.NDArray[np.bool_] = anchored[places] == heads
    return same

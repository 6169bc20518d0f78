"""Anchors: what the log held on a day, kept outside the database and sealed with a key.

An anchor is a file: one line of JSON, then the heads of the subjects that grew since the anchor
before it (id, facts, first half of the digest). Each seal covers the seal before it, so that a
changed, dropped or forged anchor shows.
"""

import hmac
import json
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
        """Return the last anchored head of every subject, by id, and what ails the files."""
        parts, wrong, before = [], [], _FIRST
        for place, path in enumerate(self.files(), start=1):
            line, _, body = path.read_bytes().partition(b"\n")
            try:
                told = json.loads(line)
                sealed = {name: told[name] for name in ("n", "at", "before")}
                seal = told["seal"]
            except (ValueError, KeyError, TypeError):
                wrong.append(f"anchor {path.name} cannot be read")
                continue
            if not hmac.compare_digest(self._seal(sealed, body), str(seal)):
                wrong.append(f"anchor {path.name} was altered, or sealed with another key")
                continue
            if sealed["n"] != place or sealed["before"] != before:
                wrong.append(f"an anchor is missing before {path.name}")
            before = seal
            parts.append(np.frombuffer(body, HEADS))
        return _last_of_each(parts), wrong

    def add(self, heads: Heads, *, at: datetime) -> Path | None:
        """Anchor the subjects that grew since the last anchor; None where none did.

        Raises `AnchorsBroken` rather than seal anything on top of anchors that do not hold.
        """
        anchored, wrong = self.read()
        if wrong:
            raise AnchorsBroken("; ".join(wrong))
        grown = heads[~_known(heads, anchored)]
        if not grown.size:
            return None
        files = self.files()
        before = json.loads(files[-1].open("rb").readline())["seal"] if files else _FIRST
        sealed = {"n": len(files) + 1, "at": at.isoformat(), "before": before}
        body = grown.tobytes()
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


def _last_of_each(parts: list[Heads]) -> Heads:
    """Return the last head of each subject in these parts, oldest first, sorted by id."""
    if not parts:
        return np.empty(0, HEADS)
    newest_first = np.concatenate(parts[::-1])
    _, places = np.unique(newest_first["id"], return_index=True)
    return newest_first[places]


def _known(heads: Heads, anchored: Heads) -> npt.NDArray[np.bool_]:
    """Return which of these heads, sorted by id, are anchored as they are."""
    if not anchored.size:
        return np.zeros(heads.shape, np.bool_)
    places = np.minimum(np.searchsorted(anchored["id"], heads["id"]), anchored.size - 1)
    same: npt.NDArray[np.bool_] = anchored[places] == heads
    return same

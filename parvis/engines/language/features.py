"""Texts as rows of numbers: which groups of four letters they hold, whatever accents and case.

Four letters within a word stand for its stem in both languages, survive a typing error, and are a
third of what groups of three to five letters are, at the same accuracy (docs/language.md).
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

BITS = 15
BUCKETS = 1 << BITS
"""Groups are told apart by a hash of so many values; the seed has 4,700 of them."""
LONGEST = 4_000
"""Characters of a text that are looked at; what somebody asks stands before that."""
_GROUP = 4
_AT_ONCE = 2_000
"""Texts counted in one go, which bounds the memory that it takes."""
_SPACE = ord(" ")
_SPREAD = np.uint32(2654435769)
_LETTERS = bytes(
    one if chr(one).isalpha() else ord("0") if chr(one).isdigit() else _SPACE for one in range(128)
).ljust(256)


class Rows(NamedTuple):
    """A text a row, sparse: the row, the bucket and the weight of each entry, sorted by row."""

    size: int
    row: npt.NDArray[np.int64]
    bucket: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float32]

    def some(self, chosen: npt.NDArray[np.bool_]) -> "Rows":
        """Return the rows that are chosen, renumbered."""
        entries = chosen[self.row]
        number = np.cumsum(chosen) - 1
        return Rows(
            int(chosen.sum()),
            number[self.row[entries]],
            self.bucket[entries],
            self.weight[entries],
        )


def plain(text: str) -> bytes:
    """Return a text as lower-case words without accents, every digit a 0, a space around each."""
    bare = unicodedata.normalize("NFKD", text[:LONGEST].casefold()).encode("ascii", "ignore")
    return b" %b " % b"  ".join(bare.translate(_LETTERS).split())


def counts(texts: Sequence[str]) -> Rows:
    """Return how often each group stands in each text, as 1 + log(count)."""
    starts = range(0, max(len(texts), 1), _AT_ONCE)
    found = [_counts(texts[start : start + _AT_ONCE]) for start in starts]
    if len(found) == 1:
        return found[0]
    rows = [one.row + start for start, one in zip(starts, found, strict=True)]
    return Rows(
        len(texts),
        np.concatenate(rows),
        np.concatenate([one.bucket for one in found]),
        np.concatenate([one.weight for one in found]),
    )


def _counts(texts: Sequence[str]) -> Rows:
    told = [plain(text) for text in texts]
    sizes = np.fromiter(map(len, told), np.int64, len(told))
    letters = np.frombuffer(b"".join(told) + b"   ", np.uint8).astype(np.uint32)
    owner = np.repeat(np.arange(len(told)), sizes)
    size = len(owner)
    value = np.zeros(size, np.uint32)
    for place in range(_GROUP):
        value = (value << np.uint32(8)) | letters[place : place + size]
    # A group is within one word, with the space before or after it: the middle holds none.
    inside = (letters[1 : size + 1] != _SPACE) & (letters[2 : size + 2] != _SPACE)
    bucket = ((value * _SPREAD) >> np.uint32(32 - BITS)).astype(np.int64)
    key, often = np.unique((owner * BUCKETS + bucket)[inside], return_counts=True)
    weight = (1 + np.log(often)).astype(np.float32)
    return Rows(len(told), key // BUCKETS, key % BUCKETS, weight)


def rarity(rows: Rows) -> npt.NDArray[np.float32]:
    """Return what each bucket is worth: the fewer of the texts have it, the more."""
    held = np.bincount(rows.bucket, minlength=BUCKETS)
    return (np.log((1 + rows.size) / (1 + held)) + 1).astype(np.float32)


def weighed(rows: Rows, worth: npt.NDArray[np.float32]) -> Rows:
    """Return rows of length one, each entry times what its bucket is worth."""
    weight = rows.weight * worth[rows.bucket]
    length = np.sqrt(np.bincount(rows.row, weight**2, rows.size)).astype(np.float32)
    return rows._replace(weight=(weight / np.maximum(length, 1e-9)[rows.row]).astype(np.float32))

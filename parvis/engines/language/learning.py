"""Examples of topics, what is learned from some of them, and how that tells the others."""

from collections.abc import Iterable
from typing import NamedTuple, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from parvis.engines.language.calibration import Calibration, calibrated
from parvis.engines.language.features import Rows, counts, plain, rarity, weighed
from parvis.engines.language.fitting import Table, fit, times

FOLDS = 5
_BITS_AROUND = 12
_MANY = 2_000
"""Examples from which one fold in five is enough to see how often what is said is right."""


NOTHING = "none"
"""The topic of what is about none: a greeting, an advertisement, another department's business."""


class Example(NamedTuple):
    """A text that somebody wrote, and what it is about."""

    text: str
    topic: str
    """A topic's code, or `NOTHING`."""
    like: str = ""
    """The text that it is a variant of; both are always learned from, or left out, together."""


class TooFewExamples(ValueError):
    """There are no two topics to tell apart."""


class Learned(NamedTuple):
    """What a classifier is made of; buckets by topics, and how often each topic comes."""

    table: Table
    worth: npt.NDArray[np.float32]
    base: npt.NDArray[np.float32]

    def scores(self, rows: Rows) -> Table:
        """Return how each text, as counted, scores in each topic."""
        return times(weighed(rows, self.worth), self.table) + self.base


class Examples(NamedTuple):
    """Examples as rows, in an order that does not hang on the order in which they came."""

    topics: tuple[str, ...]
    rows: Rows
    right: npt.NDArray[np.int64]
    """The topic of each."""
    draw: npt.NDArray[np.int64]
    """A number by which folds are drawn; texts that read alike have the same."""

    @classmethod
    def of(cls, examples: Iterable[Example]) -> Self:
        """Return examples as rows; raise `TooFewExamples`."""
        listed = sorted(examples)
        topics = tuple(sorted({one.topic for one in listed}))
        if len(topics) < 2:  # noqa: PLR2004 - nothing to tell apart
            raise TooFewExamples("examples of two topics at least are needed")
        number = {topic: at for at, topic in enumerate(topics)}
        right = np.fromiter((number[one.topic] for one in listed), np.int64, len(listed))
        draw = np.fromiter(
            (crc32(plain(one.like or one.text)) for one in listed), np.int64, len(listed)
        )
        return cls(topics, counts([one.text for one in listed]), right, draw)

    def some(self, chosen: npt.NDArray[np.bool_]) -> Self:
        """Return those that are chosen."""
        return self._replace(
            rows=self.rows.some(chosen), right=self.right[chosen], draw=self.draw[chosen]
        )

    def learned(self) -> Learned:
        """Return what they teach."""
        worth = rarity(self.rows)
        wanted = np.eye(len(self.topics), dtype=np.float32)[self.right]
        base = wanted.mean(axis=0)
        return Learned(fit(weighed(self.rows, worth), wanted - base), worth, base)

    def told_unseen(self, folds: int, first: int) -> tuple[Table, npt.NDArray[np.int64]]:
        """Return scores of the `first` folds, each by what the other folds teach, and the truth."""
        scores, right = [], []
        # Other bits of the draw than a fold around this one is made of.
        drawn = (self.draw >> _BITS_AROUND) % folds
        for fold in range(first):
            left_out = drawn == fold
            if left_out.any() and not left_out.all():
                told = self.some(left_out)
                scores.append(self.some(~left_out).learned().scores(told.rows))
                right.append(told.right)
        if not scores:
            return np.zeros((0, len(self.topics)), np.float32), np.zeros(0, np.int64)
        return np.concatenate(scores), np.concatenate(right)

    def calibration(self) -> Calibration:
        """Return how sure one may be of what they teach, seen from examples left out in turn."""
        return calibrated(*self.told_unseen(FOLDS, FOLDS if self.rows.size < _MANY else 1))


class Scored(NamedTuple):
    """Examples told by classifiers that had not seen them, nor any that reads alike."""

    topics: tuple[str, ...]
    chances: npt.NDArray[np.float64]
    """A row an example, a column a topic."""
    right: npt.NDArray[np.int64]


def cross_validated(examples: Iterable[Example], folds: int = 10) -> Scored:
    """Return how each example is told from the others, calibration included: what to expect."""
    known = Examples.of(examples)
    told, right = [], []
    for fold in range(folds):
        left_out = known.draw % (1 << _BITS_AROUND) % folds == fold
        if left_out.any() and not left_out.all():
            others, those = known.some(~left_out), known.some(left_out)
            scores = others.learned().scores(those.rows)
            told.append(others.calibration().chances(scores))
            right.append(those.right)
    if not told:
        raise TooFewExamples("examples that read differently are needed")
    return Scored(known.topics, np.concatenate(told), np.concatenate(right))

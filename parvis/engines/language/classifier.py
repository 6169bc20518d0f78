"""What a text is about: learned from examples, with a chance that keeps its word, or no answer."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from parvis.engines.language.calibration import Calibration
from parvis.engines.language.features import BUCKETS, counts
from parvis.engines.language.learning import NOTHING, Example, Examples, Learned

AT_LEAST = 0.5
"""The chance below which no topic is said."""
_RUNNERS_UP = 3
_AT_ONCE = 512
"""Texts told in one go."""
_FORMAT = 1
_NUMBERS = ("table", "worth", "base", "calibration")
_PARTS = frozenset({"format", "topics", "buckets", *_NUMBERS})


class TopicGuess(NamedTuple):
    """What a text is about, so far as can be told."""

    topic: str | None
    """None where no topic is likely enough, or where it is likely about none."""
    confidence: float
    """Of the likeliest, whether it is said or not: of 100 texts told with 0.8, 80 are so."""
    runners_up: tuple[tuple[str, float], ...]
    """The next likeliest with their chances; the likeliest first where none is said."""


class ModelBroken(ValueError):
    """A file holds no classifier, or one of another version; the sentence says what to do."""


@dataclass(frozen=True)
class Classifier:
    """Tells topics; made by `train` or `load`. Plain arrays: it can be pickled and never changes.

    To learn a correction, train again with it among the examples: 10,000 take less than a second.
    """

    topics: tuple[str, ...]
    learned: Learned
    calibration: Calibration

    @classmethod
    def train(cls, examples: Iterable[Example]) -> Self:
        """Return a classifier of these examples, the same for the same examples in any order.

        It is calibrated on examples that were left out of the training, in turn where
        there are few. Raises `TooFewExamples` where there are no two topics.
        """
        known = Examples.of(examples)
        return cls(known.topics, known.learned(), known.calibration())

    def topic(self, text: str, *, at_least: float = AT_LEAST) -> TopicGuess:
        """Return what a text in English or French is about."""
        return self.topics_of([text], at_least=at_least)[0]

    def topics_of(self, texts: Sequence[str], *, at_least: float = AT_LEAST) -> list[TopicGuess]:
        """Return what each of many texts is about."""
        told: list[TopicGuess] = []
        for start in range(0, len(texts), _AT_ONCE):
            rows = counts(texts[start : start + _AT_ONCE])
            found = self.calibration.chances(self.learned.scores(rows))
            told += [self._guess(one, at_least) for one in found]
        return told

    def save(self, to: Path | BinaryIO) -> None:
        """Write it as plain arrays (npz)."""
        table, worth, base = self.learned
        buckets = np.flatnonzero(table.any(axis=1)).astype(np.int32)
        np.savez_compressed(
            to,
            format=np.array(_FORMAT),
            topics=np.array(self.topics),
            buckets=buckets,
            table=table[buckets],
            worth=worth,
            base=base,
            calibration=np.array(self.calibration),
        )

    @classmethod
    def load(cls, source: Path | BinaryIO) -> Self:
        """Read what `save` wrote; nothing in a file is ever carried out.

        Raises `ModelBroken` where that is not what it holds, `OSError` where it cannot be opened.
        """
        try:
            with np.load(source, allow_pickle=False) as kept:
                parts = {name: kept[name] for name in kept.files}
        except (ValueError, EOFError, KeyError, zipfile.BadZipFile) as error:
            raise ModelBroken("the file holds no classifier; train one again") from error
        return cls._whole(parts)

    @classmethod
    def _whole(cls, parts: dict[str, npt.NDArray[Any]]) -> Self:
        if parts.keys() != _PARTS or parts["format"] != _FORMAT:
            raise ModelBroken("the classifier is of another version; train it again")
        topics, buckets = tuple(map(str, parts["topics"])), parts["buckets"]
        shapes = (parts["table"].shape, parts["worth"].shape, parts["base"].shape)
        if (
            shapes != ((len(buckets), len(topics)), (BUCKETS,), (len(topics),))
            or len(topics) < 2  # noqa: PLR2004 - nothing to tell apart
            or not all(np.isfinite(parts[name]).all() for name in _NUMBERS)
            or parts["calibration"].shape != (len(Calibration._fields),)
            or not parts["calibration"][0] > 0
            or (len(buckets) and not 0 <= buckets.min() <= buckets.max() < BUCKETS)
        ):
            raise ModelBroken("the classifier is damaged; train it again")
        table = np.zeros((BUCKETS, len(topics)), np.float32)
        table[buckets] = parts["table"]
        learned = Learned(table, parts["worth"], parts["base"])
        return cls(topics, learned, Calibration(*map(float, parts["calibration"])))

    def _guess(self, found: npt.NDArray[np.float64], at_least: float) -> TopicGuess:
        order = np.argsort(-found, kind="stable")
        likely = [(self.topics[one], float(found[one])) for one in order]
        topic, confidence = likely[0]
        said = topic if confidence >= at_least and topic != NOTHING else None
        others = [one for one in likely if one[0] not in (said, NOTHING)]
        return TopicGuess(said, confidence, tuple(others[:_RUNNERS_UP]))

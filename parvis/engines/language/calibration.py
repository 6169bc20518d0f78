"""Scores as chances that keep their word: what is said with 0.8 is right 8 times of 10."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from parvis.engines.language.fitting import Table

_TEMPERATURES = np.geomspace(0.01, 1.0, 60)
_MOST = 5_000
"""Rows that are looked at; more would not change it."""
_NEWTON = 25
_DOUBT = 1.0
"""How much a slope other than one, and a shift other than none, have to earn."""
_EDGE = 1e-6
_LEAST, _UTMOST = (0.1, -5.0), (5.0, 5.0)
"""Slope and shift, where all that was left out was told right, or nothing."""


class Calibration(NamedTuple):
    """How scores become chances: a softmax, then the likeliest one's chance is put right."""

    temperature: float
    slope: float = 1.0
    shift: float = 0.0

    def chances(self, scores: Table) -> npt.NDArray[np.float64]:
        """Return what each topic's chance is, a row a text; each row's sum is one."""
        found = _softmax(scores, self.temperature)
        rows = np.arange(len(found))
        likeliest = found.argmax(axis=1)
        before = found[rows, likeliest]
        after = _logistic(self.slope * _odds(before) + self.shift)
        found *= ((1 - after) / np.maximum(1 - before, _EDGE))[:, None]
        found[rows, likeliest] = after
        return found


def calibrated(scores: Table, right: npt.NDArray[np.int64]) -> Calibration:
    """Return the calibration at which scores, of texts that were not learned from, keep their word.

    The temperature is the one of the least loss (Guo et al. 2017); slope and shift are a logistic
    regression of being right on the odds that it gives (Platt 1999).
    """
    scores, right = scores[:_MOST], right[:_MOST]
    if not len(right):
        return Calibration(1.0)
    here = np.arange(len(right))
    losses = [
        -np.log(np.maximum(_softmax(scores, one)[here, right], _EDGE)).mean()
        for one in _TEMPERATURES
    ]
    temperature = float(_TEMPERATURES[int(np.argmin(losses))])
    found = _softmax(scores, temperature)
    likeliest = found.argmax(axis=1)
    slope, shift = _regressed(_odds(found[here, likeliest]), likeliest == right)
    return Calibration(temperature, slope, shift)


def _regressed(odds: npt.NDArray[np.float64], held: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and shift of a logistic regression, by Newton's steps from one and none."""
    inputs = np.stack([odds, np.ones_like(odds)], axis=1)
    start = np.array([1.0, 0.0])
    found = start
    for _ in range(_NEWTON):
        told = _logistic(inputs @ found)
        slope = inputs.T @ (held - told) - _DOUBT * (found - start)
        bend = (inputs * (told * (1 - told))[:, None]).T @ inputs + _DOUBT * np.eye(2)
        found = np.clip(found + np.linalg.solve(bend, slope), _LEAST, _UTMOST)
    return float(found[0]), float(found[1])


def _softmax(scores: Table, temperature: float) -> npt.NDArray[np.float64]:
    raised = scores.astype(np.float64) / temperature
    raised = np.exp(raised - raised.max(axis=1, keepdims=True))
    found: npt.NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return found


def _odds(chance: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    inside = np.clip(chance, _EDGE, 1 - _EDGE)
    found: npt.NDArray[np.float64] = np.log(inside / (1 - inside))
    return found


def _logistic(odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return found

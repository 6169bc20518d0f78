"""Programs that decide in batches: most of their files on a few days, a year or so apart.

Such a day takes nearly every file that is old enough, so what a file waits for is the day. When
the next comes is drawn from the gaps between those before.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from parvis.engines.forecasting.files import Floats, Ints
from parvis.engines.forecasting.hazards import Sample, count

_LEAST, _OF_WAITING = 100, 0.1
"""A batch decides at least so many files in a day, and such a share of those that wait."""
_OF_ALL = 0.25
"""A program decides in batches where so many of its files went in them."""
_APART = 60
"""Days: batches nearer than this are parts of one."""
_SPREAD, _BELIEF = 0.5, 20
"""How far gaps scatter around their middle (as a share of it), and how many gaps' worth of belief
that is: a few gaps alike do not make a calendar."""
_SCENARIOS, _BATCHES = 40, 12
_NEAR = 15
"""Days of age that are looked at together."""
_LIKE_ALL = 10.0


@dataclass(frozen=True, eq=False)
class Batches:
    """What is known of a program's batches at a cut-off."""

    ahead: Ints
    """(scenarios, batches): in how many days each comes."""
    taken: Floats
    """(ages,): the share of files of that age that a batch takes."""
    between: Floats
    """(ages + 1,): how many files reach an age, batches left out."""


@dataclass(frozen=True, eq=False)
class Batched:
    """Files of these ages that wait for the next batch, or are decided before it."""

    batches: Batches
    age: Ints

    @property
    def furthest(self) -> Ints:
        """How many days the tables still hold."""
        return len(self.batches.between) - 2 - self.age

    def still_open(self, more: Ints, where: Ints) -> Floats:
        """Return how likely each is still undecided at the end of the day `more` days on."""
        between, taken = self.batches.between, self.batches.taken
        age, oldest = self.age[where], len(between) - 2
        there = np.minimum(age + more, oldest)
        alone = between[there + 1] / np.maximum(between[age], 1e-300)
        spared = np.ones((len(where), len(self.batches.ahead)))
        for ahead in self.batches.ahead.T:
            then = age[:, None] + ahead
            escaped = 1 - taken[np.minimum(then, oldest)]
            spared *= np.where(ahead <= more[:, None], escaped, 1)
        share: Floats = alone * spared.mean(axis=1)
        return share


def batches(sample: Sample) -> Batches | None:
    """Return what is known of the batches of one stratum, or None where it has none to speak of."""
    done = sample.decided[sample.decided < sample.cutoff]
    days = _batch_days(sample.received, done)
    if not days.size or np.isin(done, days).sum() < _OF_ALL * len(done):
        return None
    gaps = np.diff(days)
    gaps = gaps[gaps > _APART]
    if not gaps.size:
        return None
    return Batches(
        ahead=_ahead(gaps, since=sample.cutoff - int(days[-1]), furthest=sample.ages),
        taken=_taken(sample, days),
        between=_between(sample, days),
    )


def _batch_days(received: Ints, done: Ints) -> Ints:
    came = np.sort(received)
    day, files = np.unique(done, return_counts=True)
    gone_before = np.cumsum(files) - files
    waiting = np.searchsorted(came, day) - gone_before
    many: Ints = day[(files >= _LEAST) & (files >= _OF_WAITING * waiting)]
    return many


def _ahead(gaps: Ints, *, since: int, furthest: int) -> Ints:
    """Return scenarios of when the next batches come, spread evenly over what is likely.

    Gaps are log-normal. The first is as likely as a gap is that has lasted `since` days already;
    those after it are shuffled, so that scenarios differ.
    """
    middle = np.log(gaps)
    scatter = ((middle - middle.mean()) ** 2).sum()
    spread = (_BELIEF * _SPREAD**2 + scatter) / (_BELIEF + len(gaps) - 1)
    law = NormalDist(middle.mean(), np.sqrt(spread * (1 + 1 / len(gaps))))
    shares = (np.arange(_SCENARIOS) + 0.5) / _SCENARIOS
    passed = min(law.cdf(np.log(max(since, 1))), 1 - 1e-6)
    first = np.exp([law.inv_cdf(passed + (1 - passed) * share) for share in shares]) - since
    gap = np.exp([law.inv_cdf(share) for share in shares])
    # Always the same shuffle: the same files give the same dates.
    rng = np.random.default_rng(0)
    later = np.stack([rng.permutation(gap) for _ in range(_BATCHES - 1)], axis=1)
    ahead = np.cumsum(np.concatenate([np.maximum(first, 0)[:, None], later], axis=1), axis=1)
    days: Ints = np.minimum(np.rint(ahead), furthest).astype(np.int64)
    return days


def _taken(sample: Sample, days: Ints) -> Floats:
    ages = sample.ages
    waited, went = np.zeros(ages), np.zeros(ages)
    for day in days:
        there = (sample.received < day) & (sample.decided >= day)
        age = day - sample.received[there]
        waited += np.bincount(age, minlength=ages)
        went += np.bincount(age[sample.decided[there] == day], minlength=ages)
    near = np.ones(_NEAR)
    waited, went = (np.convolve(one, near, "same")[:ages] for one in (waited, went))
    old_waited, old_went = (np.cumsum(one[::-1])[::-1] for one in (waited, went))
    half = np.minimum(np.arange(ages), np.flatnonzero(waited > 0)[-1]) // 2
    of_the_old = old_went[half] / np.maximum(old_waited[half], 1)
    share: Floats = (went + _LIKE_ALL * of_the_old) / (waited + _LIKE_ALL)
    return np.minimum(share, 1 - 1e-9)


def _between(sample: Sample, days: Ints) -> Floats:
    counts = count(sample, None)
    age = sample.left_at[np.isin(sample.decided, days)]
    alone = counts.decided[0] - np.bincount(age, minlength=sample.ages)
    left = np.cumprod(1 - alone / (counts.at_risk[0] + _LIKE_ALL))
    return np.concatenate([[1.0], left])

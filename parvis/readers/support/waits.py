"""How long answers took: counted in buckets, each a tenth longer than the one before.

Of millions of answers a percentile is then told at once, and to within a twentieth of itself.
"""

from collections.abc import Mapping
from math import expm1, log, log1p

_STEP = log(1.1)
_MOST = 200
"""The last bucket begins after six years."""


def bucket_of(seconds: int) -> int:
    """Return the bucket of a length of time."""
    return min(int(log1p(max(seconds, 0)) / _STEP), _MOST)


def percentile(counts: Mapping[int, int], share: float) -> int | None:
    """Return within how many seconds this share was answered; None where nothing was."""
    total = sum(counts.values())
    if not total:
        return None
    wanted, so_far = share * total, 0
    for bucket in sorted(counts):
        some = counts[bucket]
        if some and so_far + some >= wanted:
            low, high = expm1(bucket * _STEP), expm1((bucket + 1) * _STEP)
            return round(low + (high - low) * (wanted - so_far) / some)
        so_far += some
    return None

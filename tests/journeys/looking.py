"""Compare how a page looks with how it looked when somebody last looked at it and said yes.

A look is kept at half its size in sixteen greys: small, and blind to how a letter's edge is
smoothed. What moved, appeared, vanished or changed colour by more than a shade is seen.
"""

import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

LOOKS = Path(__file__).parent / "looks"
_GREYS = 16
_SHADE = 48
"""How far apart of 255 two greys are before anybody would say that they differ."""
_MOST = 0.0002
"""The share of points that may differ: of a long page on a phone, fewer than one letter has."""


class Difference(NamedTuple):
    """How a page differs from its look, and a picture of where."""

    words: str
    picture: Image.Image


def small(screenshot: bytes) -> Image.Image:
    """Return a screenshot as it is kept and compared."""
    image = Image.open(io.BytesIO(screenshot)).convert("L")
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX)
    return half.quantize(_GREYS, dither=Image.Dither.NONE)


def difference(now: Image.Image, look: Image.Image) -> Difference | None:
    """Return how these differ, or None where nobody would see it."""
    if now.size != look.size:
        return Difference(f"it measures {now.size}, and did {look.size}", now.convert("L"))
    greys = [np.asarray(image.convert("L"), dtype=np.int16) for image in (now, look)]
    differs = np.abs(greys[0] - greys[1]) > _SHADE
    share = float(differs.mean())
    if share <= _MOST:
        return None
    rows = np.flatnonzero(differs.any(axis=1)) * 2
    words = f"{share:.2%} of it differs, between {rows[0]} and {rows[-1]} pixels from the top"
    return Difference(words, Image.fromarray(np.where(differs, 0, 255).astype(np.uint8)))


def check(screenshot: bytes, name: str, *, accept: bool, found: Path) -> None:
    """Fail where a page does not look as it did; with `accept`, have it look so from now on."""
    now, path = small(screenshot), LOOKS / f"{name}.png"
    if accept:
        now.save(path, optimize=True)
        return
    assert path.exists(), f"nobody has looked at {name} yet; look at it, then --accept-looks"
    with Image.open(path) as look:
        seen = difference(now, look)
    if seen is not None:
        now.save(found / f"{name}.png")
        seen.picture.save(found / f"{name}.differs.png")
        raise AssertionError(
            f"{name}: {seen.words}. See {found}; if it is right, run again with --accept-looks."
        )

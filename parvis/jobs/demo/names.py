"""Names for clients that nobody has: a thing for a first name, a word for "made up", a number."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from parvis.jobs.demo import assumed
from parvis.lib.text import Language

_FIRST: dict[Language, tuple[str, ...]] = {
    "en": (
        *("Acorn", "Birch", "Canoe", "Cedar", "Clover", "Cobalt", "Copper", "Fern", "Flint"),
        *("Garnet", "Harbour", "Juniper", "Lantern", "Maple", "Meadow", "Pebble", "Quill"),
        *("River", "Saffron", "Tamarack", "Thistle", "Willow"),
    ),
    "fr": (
        *("Ardoise", "Bouleau", "Canot", "Cèdre", "Cuivre", "Érable", "Fougère", "Galet"),
        *("Genévrier", "Grenat", "Lanterne", "Mélèze", "Muguet", "Prairie", "Rivière", "Safran"),
        *("Saule", "Trèfle"),
    ),
}
_LAST: dict[Language, tuple[str, ...]] = {
    "en": ("Example", "Sample", "Specimen", "Placeholder", "Fictional"),
    "fr": ("Exemple", "Modèle", "Spécimen", "Fictif", "Factice"),
}


def invented(numbers: Sequence[int], rng: Generator) -> list[tuple[str, Language]]:
    """Return a name and a language for each of these numbers, which stand in the names."""
    french = rng.random(len(numbers)) < assumed.FRENCH_SHARE
    chance = rng.integers(0, np.iinfo(np.int64).max, (len(numbers), 2))
    people: list[tuple[str, Language]] = []
    for number, is_french, (one, two) in zip(
        numbers, french.tolist(), chance.tolist(), strict=True
    ):
        language: Language = "fr" if is_french else "en"
        first, last = _FIRST[language], _LAST[language]
        people.append((f"{first[one % len(first)]} {last[two % len(last)]} {number:05d}", language))
    return people

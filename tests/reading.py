"""How hard a text is to read: a school grade for English, an ease out of 100 for French.

English by Flesch–Kincaid. French by Kandel and Moles (1958), which is Flesch's formula fitted to
French: 207 less 1.015 for each word in a sentence and 73.6 for each syllable in a word. On both
scales 65 is the end of grade 8. Libraries count French syllables by where a word may be hyphenated,
which never is before its second letter, and so find 1 in “avez”; here vowels are counted.
"""

import re
from functools import cache

from readsight import ReadSight

HARDEST_GRADE = 8.0
LEAST_EASE = 65.0
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"


def english_grade(text: str) -> float:
    """Return the school grade at which a text is read, by Flesch–Kincaid."""
    return float(_english().flesch_kincaid_grade_level(text.replace("’", "'")).score)


def french_ease(text: str) -> float:
    """Return how easy a text is, by Kandel and Moles: 65 for grade 8, more for lower grades."""
    sentences = [part for part in re.split(r"[.!?:;]+", text) if re.search(r"\w", part)]
    words = re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)*", text)
    syllables = sum(map(syllables_of, words))
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * syllables / len(words)


def syllables_of(word: str) -> int:
    """Count the syllables that are heard in a French word; what is elided belongs to it."""
    return max(1, sum(_heard(part) for part in word.lower().split("’")))


def _heard(part: str) -> int:
    part = re.sub(rf"qu(?=[{_VOWELS}]|$)", "q", part)
    part = re.sub(r"gu(?=[eéèêiy])", "g", part)
    part = re.sub(r"ée(s?)$", r"é\1", part)
    found = len(re.findall(rf"[éè](?=[{_VOWELS}])|[{_VOWELS}]+", part))
    mute = re.search(rf"[^{_VOWELS}]es?$", part) is not None
    return found - (mute and found > 1)


@cache
def _english() -> ReadSight:
    return ReadSight("en-us")

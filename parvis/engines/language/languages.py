"""English or French, of texts as short as one word, without accents or in capitals; or neither."""

import re
from functools import cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from parvis.lib.text import LANGUAGES, Language

AT_LEAST = 0.5
_EXPECTED = 50.0
"""How much likelier English and French are among enquiries than among all texts that there are."""
_TELLING = 20.0
"""How much likelier a language is for one word that only it has, where there are few words."""
_FEW = 3
_LONGEST = 2_000
"""Characters that are looked at."""
_NO_WORD = re.compile(r"[\d@]|://|.{40}")
"""What says nothing of a language: numbers, addresses, what is too long to be a word."""
_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        ("hello", "hi", "hey", "dear", "thanks", "thank", "please", "pls", "help", "passport")
    ),
    "fr": frozenset(
        ("bonjour", "bonsoir", "allo", "merci", "svp", "aidez", "passeport", "dossier")
    ),
}
"""Words that many mails consist of; the library knows longer texts."""


class LanguageGuess(NamedTuple):
    """In which language a text is, so far as can be told."""

    language: Language | None
    """None where another language is likelier than both, or nothing was written."""
    confidence: float
    """Of the likelier of the two, from 0 to 1."""


def language_of(text: str) -> LanguageGuess:
    """Return whether a text is English or French."""
    words = " ".join(one for one in text[:_LONGEST].split() if not _NO_WORD.search(one))
    if not any(one.isalpha() for one in words):
        return LanguageGuess(None, 0.0)
    told = dict(_identifier().rank(words.lower() if words.isupper() else words))
    rest = 1 - sum(told[language] for language in LANGUAGES)
    few = set(re.findall(r"\w+", words.casefold(), re.ASCII)) if words.count(" ") < _FEW else set()
    chances = {
        language: told[language] * _EXPECTED * _TELLING ** len(few & _WORDS[language])
        for language in LANGUAGES
    }
    likelier = max(LANGUAGES, key=lambda language: chances[language])
    confidence = chances[likelier] / (sum(chances.values()) + rest)
    return LanguageGuess(likelier if confidence >= AT_LEAST else None, confidence)


@cache
def _identifier() -> LanguageIdentifier:
    """Return the identifier; it takes half a second and 80 MB, so only who asks has it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

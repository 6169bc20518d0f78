"""English is told from French, and both from all others, in the shortest of texts."""

import unicodedata
from pathlib import Path

import pytest
import yaml

from parvis.engines.language.languages import language_of
from parvis.lib.text import LANGUAGES
from parvis.programs.topics.loader import all_topics

SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))
WRITTEN = [
    (text, language) for topic in all_topics().values() for language, text in topic.examples.both()
]


def bare(text: str) -> str:
    """Return a text without accents, as a foreign keyboard writes it."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def test_a_question_without_accents_is_french() -> None:
    found = language_of("Bonjour, ou est mon dossier?")
    assert found.language == "fr"
    assert found.confidence > 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_texts_are_told(language: str) -> None:
    told = [language_of(text).language for text in SENTENCES[language]]
    assert told.count(language) >= 0.9 * len(told)
    assert set(told) <= {language, None}, "none is taken for the other language"


@pytest.mark.parametrize("text", SENTENCES["other"])
def test_another_language_or_none_is_neither(text: str) -> None:
    assert language_of(text).language is None


@pytest.mark.parametrize("as_typed", [str, bare, str.upper], ids=["as is", "bare", "capitals"])
def test_enquiries_are_told_however_they_are_typed(as_typed: type[str]) -> None:
    wrong = [text for text, right in WRITTEN if language_of(as_typed(text)).language != right]
    assert len(wrong) <= 0.005 * len(WRITTEN), wrong


def test_confidence_keeps_its_word_on_three_words() -> None:
    """The first three words of each example say little; what is said of them with 0.9 holds."""
    told = [(language_of(" ".join(bare(text).split()[:3])), right) for text, right in WRITTEN]
    sure = [guess.language == right for guess, right in told if guess.confidence >= 0.9]
    said = [guess.language == right for guess, right in told if guess.language]
    assert len(sure) > 0.7 * len(told)
    assert sum(sure) >= 0.99 * len(sure)
    assert sum(said) >= 0.97 * len(said)


def test_a_text_in_both_is_one_of_them() -> None:
    both = "I sent the form last week. J'ai envoyé le formulaire la semaine passée."
    assert language_of(both).language in LANGUAGES


def test_the_same_text_is_told_the_same() -> None:
    assert language_of("Where is my file?") == language_of("Where is my file?")


def test_a_text_without_end_is_read_at_its_beginning() -> None:
    assert language_of("Where is my file? " + "a" * 10_000_000).language == "en"

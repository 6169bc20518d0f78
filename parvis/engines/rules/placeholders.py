"""Placeholders in texts: `{age}` stands for an answer, in both languages alike."""

import re
from collections.abc import Mapping

from parvis.lib.text import LANGUAGES, Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(text: Text) -> set[str]:
    """Return the names that a text has in braces, in either language."""
    return {name for language in LANGUAGES for name in PLACEHOLDER.findall(text[language])}


def uneven(text: Text) -> set[str]:
    """Return the names that stand in one language and not in the other."""
    en, fr = (set(PLACEHOLDER.findall(text[language])) for language in LANGUAGES)
    return en ^ fr


def renamed(text: Text, names: Mapping[str, str]) -> Text:
    """Return a text with its placeholders renamed."""

    def of(part: str) -> str:
        return PLACEHOLDER.sub(lambda found: f"{{{names.get(found[1], found[1])}}}", part)

    return Text(of(text.en), of(text.fr))


def put_in(text: Text, words: Mapping[str, Text]) -> Text:
    """Return a text with words in place of its placeholders; those without a word stay."""
    en, fr = (
        PLACEHOLDER.sub(
            lambda found, language=language: (  # type: ignore[misc]
                words[found[1]][language] if found[1] in words else found[0]
            ),
            text[language],
        )
        for language in LANGUAGES
    )
    return Text(en, fr)

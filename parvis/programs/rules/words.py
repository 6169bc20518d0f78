"""Placeholders in texts: `{age}` in a sentence stands for an answer, in both languages alike."""

import re

from parvis.lib.text import LANGUAGES, Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(text: Text) -> set[str]:
    """Return the names that a text has in braces, in either language."""
    return {name for language in LANGUAGES for name in PLACEHOLDER.findall(text[language])}


def uneven(text: Text) -> set[str]:
    """Return the names that stand in one language and not in the other."""
    en, fr = (set(PLACEHOLDER.findall(text[language])) for language in LANGUAGES)
    return en ^ fr


def renamed(text: Text, names: dict[str, str]) -> Text:
    """Return a text with its placeholders renamed."""

    def of(part: str) -> str:
        return PLACEHOLDER.sub(lambda found: f"{{{names.get(found[1], found[1])}}}", part)

    return Text(of(text.en), of(text.fr))

"""Finding articles by the words of either language, what fits the enquiry at the head."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from parvis.programs.articles.schema import Article

_LONGEST = 200
"""Letters of what is looked for; nobody types more."""


def fitting(articles: Iterable[Article], topic: str) -> list[Article]:
    """Return those that belong to a topic, in their order."""
    return [one for one in articles if topic in one.topics]


def found(articles: Iterable[Article], words: str, topic: str = "") -> list[Article]:
    """Return those in which each of the words stands, or a longer one that begins with it.

    What fits the topic comes first, then where more of the words stand in the title. Accents and
    case do not matter; without a word all are returned.
    """
    wanted = _words(words[:_LONGEST])
    ranked = []
    for place, one in enumerate(articles):
        title, whole = _told(one)
        if all(_begins(word, whole) for word in wanted):
            in_title = sum(_begins(word, title) for word in wanted)
            ranked.append((topic not in one.topics, -in_title, place, one))
    return [one for *_, one in sorted(ranked, key=lambda rank: rank[:3])]


def _begins(word: str, words: str) -> bool:
    return f" {word}" in words


@lru_cache(maxsize=4_096)
def _told(one: Article) -> tuple[str, str]:
    """Return the words of an article's title, and all its words, in both languages."""
    texts = [one.title, one.owner.unit, one.text, *(fact.says for fact in one.facts)]
    texts += [one.reply] if one.reply else []
    whole = " ".join(f"{text.en} {text.fr}" for text in texts)
    return _spaced(f"{one.title.en} {one.title.fr}"), _spaced(f"{whole} {' '.join(one.topics)}")


def _spaced(text: str) -> str:
    return " " + " ".join(_words(text))


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(one for one in bare if not unicodedata.combining(one)))

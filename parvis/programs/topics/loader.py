"""Topics from their files: those that come with Parvis, and on top the house's own."""

from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from parvis.engines.language.classifier import Classifier
from parvis.engines.language.learning import NOTHING, Example
from parvis.lib.postgres import default_home
from parvis.programs import kept
from parvis.programs.topics.schema import Courtesies, Sentences, Topic

SHIPPED = Path(__file__).parent / "data"
_VARIANTS = 2
"""How often each example is learned among courtesies."""


class UnknownTopic(LookupError):
    """No topic has this code; `close` holds the codes that look like it."""

    def __init__(self, code: str, close: list[str]) -> None:
        self.code, self.close = code, close
        hint = f"did you mean {' or '.join(close)}?" if close else "list them to see their codes"
        super().__init__(f"no topic has the code {code!r}; {hint}")


def load_topic(path: Path) -> Topic:
    """Load one topic from its YAML file.

    Raises `ProgramRefused` with file, line and field of every mistake, `OSError` where the file
    cannot be opened.
    """
    return kept.load(path, Topic)


def own_folder() -> Path:
    """Return where the house keeps its own topics; one with a shipped code takes its place."""
    return default_home() / "topics"


def all_topics() -> dict[str, Topic]:
    """Return the topics by code, in that order."""
    return dict(sorted((_shipped() | kept.of_house(own_folder(), load_topic)).items()))


def topic(code: str) -> Topic:
    """Return one topic; raise `UnknownTopic` with the codes close to `code`."""
    known = all_topics()
    if code not in known:
        raise UnknownTopic(code, get_close_matches(code, known))
    return known[code]


def seed() -> list[Example]:
    """Return what the topics teach: each example as it stands, and as it stands in a mail.

    The same for what is about none.
    """
    said = [(NOTHING, _about_nothing())]
    said += [(found.code, found.examples) for found in all_topics().values()]
    texts = [(topic, one) for topic, sentences in said for one in sentences.both()]
    found = [Example(text, topic) for topic, (_, text) in texts]
    for number, (topic, (language, text)) in enumerate(texts):
        for variant in range(_VARIANTS):
            whole = _courtesies().around(text, language, _VARIANTS * number + variant)
            found.append(Example(whole, topic, like=text))
    return found


def seed_classifier() -> Classifier:
    """Return a classifier that learned nothing but the seed; made once, in a tenth of a second."""
    # A topic that was read stays the same object until its file is another.
    return _learned(tuple((code, id(found)) for code, found in all_topics().items()))


@lru_cache(maxsize=1)
def _learned(_topics: tuple[tuple[str, int], ...]) -> Classifier:
    return Classifier.train(seed())


@cache
def _shipped() -> dict[str, Topic]:
    return {found.code: found for found in map(load_topic, kept.files(SHIPPED))}


@cache
def _about_nothing() -> Sentences:
    return kept.load(SHIPPED / "_nothing.yaml", Sentences)


@cache
def _courtesies() -> Courtesies:
    return kept.load(SHIPPED / "_courtesies.yaml", Courtesies)

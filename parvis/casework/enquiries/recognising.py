"""What an enquiry is about, and in which language: recognised, and learned from what people say.

The classifier is trained on the examples that come with the topics, and on every topic that an
agent set or a client chose. It is kept as a file, which every process reads anew once it is
another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.status import Writing
from parvis.engines.language.classifier import Classifier, ModelBroken
from parvis.engines.language.languages import language_of
from parvis.engines.language.learning import Example
from parvis.lib.text import Language
from parvis.programs.topics.loader import all_topics, seed, seed_classifier

_LEARNED_FROM = 50_000
"""Of what people said, the newest."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised; none where it is too unsure to say."""

    language: Language | None
    topic: str | None
    confidence: float | None


def all_said(subject: str, said: str) -> str:
    """Return what is read to tell what somebody asks, and in which language."""
    return f"{subject}\n{said}"


def recognised(text: str) -> Recognised:
    """Return what a text is about, in which language, and how sure its topic is."""
    return all_recognised([text])[0]


def all_recognised(texts: Sequence[str]) -> list[Recognised]:
    """Return it of many texts, which takes a third of the time that each by itself takes."""
    topics = all_topics()
    return [
        Recognised(
            language=language_of(text).language,
            topic=guess.topic if guess.topic in topics else None,
            confidence=guess.confidence if guess.topic in topics else None,
        )
        for text, guess in zip(texts, _classifier().topics_of(texts), strict=True)
    ]


def learn() -> int:
    """Train on the examples that there are and on what people said; return how many these are.

    Done twice, it is the same. Whoever reads the model meanwhile has the old one, or the new.
    """
    said = _said()
    path: Path = settings.TOPIC_MODEL
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    with aside.open("wb") as file:
        Classifier.train([*seed(), *said]).save(file)
    aside.replace(path)
    return len(said)


def _said() -> list[Example]:
    """Return how enquiries began of which a person said the topic, who asked it or an agent."""
    rows = Conversation.objects.filter(confidence=None).exclude(topic="").order_by("-id")
    first = Message.objects.filter(conversation__in=rows[:_LEARNED_FROM], writing=Writing.IN)
    told = first.order_by("conversation", "id").distinct("conversation")
    return [
        Example(all_said(subject, said), topic)
        for subject, said, topic in told.values_list(
            "conversation__subject", "said", "conversation__topic"
        )
    ]


def _classifier() -> Classifier:
    path: Path = settings.TOPIC_MODEL
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ModelBroken):
        # None was kept yet, or it is broken: what comes with the topics is always there.
        return seed_classifier()


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Classifier:
    return Classifier.load(path)

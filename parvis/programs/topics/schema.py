"""What a topic's file may say, with types; `loader` reads it and names the line of a mistake."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from parvis.engines.language.learning import NOTHING
from parvis.lib.text import LANGUAGES, Language, Text
from parvis.programs.schema import Code, Strict

FEWEST = 5
"""Examples in each language from which a topic can be recognised at all; a dozen is better."""


class AnswerOnFile(StrEnum):
    """Which of the tracker's own facts answers an enquiry on a topic."""

    STATUS = "status"
    NEXT_STEP = "next-step"
    RECEIPT_OF_DOCUMENT = "receipt-of-document"
    NONE = "none"
    """A person answers."""


class Sentences(Strict):
    """What people write, as they write it, in both languages."""

    en: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=FEWEST)]
    fr: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=FEWEST)]

    @model_validator(mode="after")
    def each_once(self) -> Self:
        """Refuse a sentence that stands there twice."""
        often = Counter(text for _, text in self.both())
        if twice := next((text for text, count in often.items() if count > 1), None):
            raise ValueError(f"“{twice}” stands here twice; keep one")
        return self

    def both(self) -> Iterator[tuple[Language, str]]:
        """Yield each sentence with its language."""
        for language in LANGUAGES:
            for text in self.of(language):
                yield language, text

    def of(self, language: Language) -> tuple[str, ...]:
        """Return those of one language."""
        return self.fr if language == "fr" else self.en


class Courtesies(Strict):
    """What stands before and after what somebody wants to say."""

    before: Sentences
    after: Sentences

    def around(self, text: str, language: Language, number: int) -> str:
        """Return a text between two of them; another number, other ones."""
        before, after = self.before.of(language), self.after.of(language)
        return f"{before[number % len(before)]} {text} {after[number % len(after)]}"


class Topic(Strict):
    """What an enquiry may be about."""

    code: Code
    name: Text
    line: Code
    """The line that it goes to, where nothing else says so."""
    only_for: Literal["parliamentary-office"] | None = None
    """As what one has to be signed in to be offered it, and to have its line answer."""
    answered_by: AnswerOnFile
    examples: Sentences

    @model_validator(mode="after")
    def not_nothing(self) -> Self:
        """Refuse the code that stands for no topic."""
        if self.code == NOTHING:
            raise ValueError(f"{NOTHING!r} stands for no topic; choose another code")
        return self

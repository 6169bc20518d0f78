"""What an article's file may say, with types; `loader` reads it and names the line of a mistake."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from parvis.lib.text import Text
from parvis.programs.articles.blanks import OF_THE_FILE, blanks, paragraphs
from parvis.programs.schema import Code, Source, Strict

_LONGEST_TITLE, _LONGEST_REPLY, _LONGEST = 120, 5_000, 20_000
_LONGEST_ADDRESS = 254


def _no_longer_than(most: int) -> AfterValidator:
    def checked(text: Text) -> Text:
        if max(len(text.en), len(text.fr)) > most:
            raise ValueError(f"a text of more than {most:,} letters; make it shorter")
        return text

    return AfterValidator(checked)


def _mailbox(address: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address) or len(address) > _LONGEST_ADDRESS:
        raise ValueError("not a mailbox; write one like unit@example.org")
    return address


def _fillable(reply: Text) -> Text:
    en, fr = set(blanks(reply.en)), set(blanks(reply.fr))
    if en != fr:
        alone = ", ".join(f"{{{one}}}" for one in sorted(en ^ fr))
        raise ValueError(f"{alone} stands in one language only; both say the same")
    for text in (reply.en, reply.fr):
        if all(OF_THE_FILE.intersection(blanks(one)) for one in paragraphs(text)):
            raise ValueError(
                "every paragraph speaks of the file; one must be left for whoever is not known"
            )
    return reply


Title = Annotated[Text, _no_longer_than(_LONGEST_TITLE)]
Body = Annotated[Text, _no_longer_than(_LONGEST)]
"""Each line is a paragraph."""
Reply = Annotated[Text, _no_longer_than(_LONGEST_REPLY), AfterValidator(_fillable)]
"""Each line is a paragraph; blanks stand in braces."""
Mailbox = Annotated[str, AfterValidator(_mailbox)]


class Owner(Strict):
    """The unit that keeps an article right; never a person, who may leave."""

    unit: Title
    mailbox: Mailbox | None = None


class Known(Strict):
    """A fact of the field, and where it comes from."""

    says: Body
    source: Source
    """An address; `unverified` where nobody has found one."""

    @property
    def unverified(self) -> bool:
        """Whether nobody has found a source for it, or not for all of it."""
        return "unverified" in self.source


class Article(Strict):
    """What an agent should know of something, and what they may answer."""

    code: Code
    title: Title
    topics: Annotated[tuple[Code, ...], Field(min_length=1)]
    owner: Owner
    reviewed_on: date
    review_by: date
    """The last day on which nobody need doubt it."""
    text: Body
    facts: tuple[Known, ...] = ()
    reply: Reply | None = None
    note: str | None = None
    """For those who keep the file (an assumption, a doubt); never shown to a client."""

    @model_validator(mode="after")
    def review_follows(self) -> Self:
        """Refuse a review that is due before the last one."""
        if self.review_by <= self.reviewed_on:
            raise ValueError("review_by is not after reviewed_on; give the day of the next review")
        return self

    def is_past_review(self, today: date) -> bool:
        """Tell whether its review was due before today."""
        return self.review_by < today

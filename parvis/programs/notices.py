"""The words around notices, and what is of no program: as data, loaded whole or not at all."""

from datetime import time, timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Self

import yaml
from pydantic import Field, TypeAdapter, model_validator

from parvis.lib.text import LANGUAGES, Text
from parvis.programs.schema import NoticeWords, Strict
from parvis.programs.vocabulary import OF_A_CLIENT, NoticeKind

_DATA = Path(__file__).parent / "data" / "_notices.yaml"
FIELDS = {
    NoticeKind.REQUEST: frozenset({"due"}),
    NoticeKind.REMINDER: frozenset({"due"}),
}
"""What the sentence of a kind must hold, and may."""
_LINK, _CODE = frozenset({"link"}), frozenset({"code"})
_LONGEST_TEXT = 70
"""Characters of one text message once it has to be sent as UCS-2."""


def wrong_fields(sentence: str, known: frozenset[str]) -> str | None:
    """Return what is wrong with the fields of a sentence, as a sentence; None where nothing is."""
    try:
        found = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError as error:
        return f"cannot be read as a sentence with fields: {error}"
    if unknown := found - known:
        allowed = ", ".join(f"{{{name}}}" for name in sorted(known)) or "none"
        names = ", ".join(f"{{{name}}}" for name in sorted(unknown))
        return f"has a field that is not filled: {names}; it may have {allowed}"
    if missing := known - found:
        return f"lacks {', '.join(f'{{{name}}}' for name in sorted(missing))}"
    return None


class Hours(Strict):
    """Hours in which nothing is sent, of the client's own clock; they may pass midnight."""

    begins: time
    ends: time


class Frame(Strict):
    """What stands around the sentences of a message, and how they are gathered."""

    subject: Text
    greeting: Text
    instead: Text
    """Says to a representative that they receive it in a client's place."""
    link: Text
    """Before the address that leads to the file after signing in."""
    choose: Text
    """Before the address where one chooses how to be told."""
    closing: Text
    text: Text
    """A whole text message; `{link}` is the address."""
    code: Text
    """A whole text message with the `{code}` that proves a number."""
    window_minutes: Annotated[int, Field(ge=1)]
    """How long what is not urgent waits for company."""
    apart_minutes: Annotated[int, Field(ge=1)]
    """How far apart two messages to one person are at least, urgent or not."""
    quiet_for_texts: Hours
    """When no text is sent to who did not choose."""
    of_a_client: dict[NoticeKind, NoticeWords]

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Refuse words that are missing, or ask for what nobody fills."""
        if set(self.of_a_client) != OF_A_CLIENT:
            raise ValueError(f"of_a_client has words for {', '.join(sorted(OF_A_CLIENT))}")
        for language in LANGUAGES:
            if wrong := wrong_fields(self.text[language], _LINK):
                raise ValueError(f"text in {language} {wrong}")
            if wrong := wrong_fields(self.code[language], _CODE):
                raise ValueError(f"code in {language} {wrong}")
            if len(self.text[language].replace("{link}", "")) > _LONGEST_TEXT:
                raise ValueError(f"text in {language} is longer than {_LONGEST_TEXT} characters")
            if len(self.code[language]) > _LONGEST_TEXT:
                raise ValueError(f"code in {language} is longer than {_LONGEST_TEXT} characters")
            for words in self.of_a_client.values():
                if wrong := wrong_fields(words.says[language], frozenset()):
                    raise ValueError(f"of_a_client in {language} {wrong}")
        return self

    @property
    def window(self) -> timedelta:
        """How long what is not urgent waits for company."""
        return timedelta(minutes=self.window_minutes)

    @property
    def apart(self) -> timedelta:
        """How far apart two messages to one person are at least."""
        return timedelta(minutes=self.apart_minutes)


@cache
def frame() -> Frame:
    """Return what stands around every message."""
    return TypeAdapter(Frame).validate_python(yaml.safe_load(_DATA.read_text()))

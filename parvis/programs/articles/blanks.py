"""The blanks of a reply: what the house fills in, and how sure it must be of who asks."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum


class Blank(StrEnum):
    """What may stand in braces in a reply."""

    ENQUIRY = "enquiry"
    """The number of the enquiry."""
    LINE = "line"
    """The name of the line that answers."""
    ACCOUNT = "account"
    """The address where somebody signs in to see their applications."""
    FORM = "form"
    """The address of the form by which anybody asks."""
    FIND = "find"
    """The address of the tool that finds a program."""
    TIMES = "times"
    """The address of the processing times."""
    APPLICATION = "application"
    """The number of the application."""
    PROGRAM = "program"
    """The name of its program."""
    STANDARD = "standard"
    """What its service standard promises, as a sentence."""


OF_THE_FILE = frozenset({Blank.APPLICATION, Blank.PROGRAM, Blank.STANDARD})
"""Those that tell of a file, even that there is one: for whoever is known to be its client."""
_BRACED = re.compile(r"\{([^{}]*)\}")


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs: in a file, each line is one."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def blanks(text: str) -> Iterator[Blank]:
    """Yield the blanks of a text, in order; raise `ValueError` for what is none."""
    for name in _BRACED.findall(text):
        if name not in set(Blank):
            known = ", ".join(f"{{{one}}}" for one in Blank)
            raise ValueError(f"{{{name}}} is no blank; there are {known}")
        yield Blank(name)
    if re.search("[{}]", _BRACED.sub("", text)):
        raise ValueError("a brace stands alone; write a blank as {line}, and no other braces")


def filled(text: str, values: Mapping[Blank, str]) -> tuple[str, bool]:
    """Return a reply with its blanks filled, and whether anything was left out.

    A paragraph with a blank for which there is no value is left out whole.
    """
    whole = paragraphs(text)
    kept = [one for one in whole if set(blanks(one)) <= values.keys()]
    said = [_BRACED.sub(lambda found: values[Blank(found[1])], one) for one in kept]
    return "\n\n".join(said), len(kept) < len(whole)

"""What is wrong with a part of a line, in both languages: for who keeps a file, and for a form."""

import re

from parvis.lib.text import Text

_SPACE = "\N{NO-BREAK SPACE}"


class Unfit(ValueError):
    """A value that a line cannot have; `reason` says why and what to do, in both languages.

    French is given its spaces at which no line breaks.
    """

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        spaced = re.sub(" (?=[:;?!»])", _SPACE, fr).replace("« ", f"«{_SPACE}")
        self.reason = Text(en=en, fr=spaced)

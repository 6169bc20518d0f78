"""What is wrong with a part of a line, in both languages: for who keeps a file, and for a form."""

from parvis.lib.text import Text


class Unfit(ValueError):
    """A value that a line cannot have; `reason` says why and what to do, in both languages."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.reason = Text(en=en, fr=fr)

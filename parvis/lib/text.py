"""Text in both official languages, or none at all."""

from typing import Literal, get_args

from parvis.lib.values import value

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@value()
class Text:
    """One text in English and French; half of it cannot be built."""

    en: str
    fr: str

    def __post_init__(self) -> None:
        if self.en.strip() and self.fr.strip():
            return
        empty = next(language for language in LANGUAGES if not self[language].strip())
        raise ValueError(f"a text needs both languages; {empty!r} is empty")

    def __getitem__(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en

    __iter__ = None
    """Two halves are no list: without this, Python would go through them without end."""

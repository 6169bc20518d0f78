"""Text in both official languages, or none at all."""

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and French; half of it cannot be built."""

    en: str
    fr: str

    def __post_init__(self) -> None:
        for language in LANGUAGES:
            if not self[language].strip():
                raise ValueError(f"a text needs both languages; {language!r} is empty")

    def __getitem__(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en

"""What the pages of self-assessment hold, before a template sees it."""

from dataclasses import dataclass

from parvis.lib.text import Text
from parvis.web.assessing.asking import Given


@dataclass(frozen=True, slots=True)
class SingleLine:
    """An assessment that stands by itself."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class StartPage:
    """Where the questions begin."""

    begun: bool
    lost: bool
    days: int
    single: tuple[SingleLine, ...]


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """What was answered so far."""

    given: tuple[Given, ...]
    at_most: int
    days: int

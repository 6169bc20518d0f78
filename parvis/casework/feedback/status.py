"""How a task went, by whoever did it."""

from enum import StrEnum


class Ease(StrEnum):
    """The answers to the one question: was it easy to do what you came for?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

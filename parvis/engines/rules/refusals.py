"""Answers that cannot be: which one, and what to do, in both languages."""

from dataclasses import dataclass

from parvis.lib.text import Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with one answer."""

    field: str
    """Its name as it was given; empty where the answers as a whole are meant."""
    message: Text


class AnswersRefused(ValueError):
    """Nothing is worked out from answers of which one cannot be."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(refusals)
        self.refusals = refusals

    def __str__(self) -> str:
        return "; ".join(
            f"{refusal.field}: {refusal.message.en}" if refusal.field else refusal.message.en
            for refusal in self.refusals
        )

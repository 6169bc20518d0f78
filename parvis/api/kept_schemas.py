"""What the API tells of the dates that were kept, typed."""

from datetime import date

from ninja import Schema

from parvis.lib.text import Language


class ScoreOut(Schema):
    """The dates of one kind that fell due, and how many were kept."""

    said: float
    """The likelihood that they were given with."""
    due: int
    kept: int
    share: float | None
    """Kept, of those due; 0 to 1, null where fewer than 30 fell due."""


class ScoresOut(Schema):
    """The two dates that a client is told in words."""

    half: ScoreOut
    most: ScoreOut


class ProgramScoresOut(ScoresOut):
    """The scores of a program."""

    program: str
    name: str


class MonthScoresOut(ScoresOut):
    """The scores of a calendar month."""

    month: str
    since: date
    to: date


class KeptDatesOut(ScoresOut):
    """The scores of twelve whole months, in all and by every split."""

    language: Language
    program: str | None
    as_of: date | None
    """The day they were counted on; null where no date was ever scored."""
    due_from: date | None
    due_to: date | None
    sentences: list[str]
    basis: list[str]
    """How they were counted."""
    programs: list[ProgramScoresOut]
    months: list[MonthScoresOut]
    likelihoods: list[ScoreOut]
    """Every date that is told, the least likely first."""

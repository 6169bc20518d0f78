"""Look up what was asked at the end and what people said of it; never beside an agent's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parvis.casework.enquiries.models import Rating
from parvis.casework.enquiries.references import rating_sealed, sealed_rating
from parvis.casework.enquiries.status import Score
from parvis.casework.events.wall import lifted
from parvis.lib.references import enquiry_number


@dataclass(frozen=True, slots=True)
class Question:
    """A question that somebody was asked, as far as its link tells."""

    ends_at: datetime
    rated: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said in their own words, and of which enquiry."""

    number: str
    line: str
    language: str
    topic: str
    solved: Score
    ease: Score
    words: str
    rated_at: datetime


def question(sealed: str) -> Question | None:
    """Return the question that a link is of; None where the link is none of ours."""
    key = rating_sealed(sealed)
    if key is None:
        return None
    # Whoever has a link is nobody to the database: it shows them nothing of enquiries.
    with transaction.atomic(), lifted():
        row = Rating.objects.filter(key=key).first()
    return None if row is None else Question(row.ends_at, row.rated_at is not None)


def open_question(conversation: int, *, at: datetime) -> str | None:
    """Return what seals the link to a question that was asked and can be answered; else None."""
    with transaction.atomic(), lifted():
        row = Rating.objects.filter(
            conversation=conversation, rated_at=None, ends_at__gt=at
        ).first()
    return None if row is None else sealed_rating(row.key)


def words_said(*, before: datetime | None = None, most: int) -> Sequence[Words]:
    """Return what people said in their own words, the newest first."""
    rows = Rating.objects.exclude(words="").select_related("conversation")
    if before is not None:
        rows = rows.filter(rated_at__lt=before)
    return [_words(one) for one in rows.order_by("-rated_at", "-conversation")[:most]]


def _words(row: Rating) -> Words:
    assert row.rated_at is not None  # noqa: S101 - as its constraint says, for the types
    enquiry = row.conversation
    return Words(
        number=enquiry_number(enquiry.pk),
        line=enquiry.line,
        language=enquiry.language,
        topic=enquiry.topic,
        solved=Score(row.solved),
        ease=Score(row.ease),
        words=row.words,
        rated_at=row.rated_at,
    )

"""The scores of dates as JSON and as a table: one shape for the command line, the API, a sheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from parvis.lib.text import Language
from parvis.programs import loader
from parvis.readers.estimates.scorecard import Score, Scorecard, Scores
from parvis.readers.estimates.scorecard_words import basis, told

_PLACES = 4
"""Digits of a share: a date in ten thousand."""
_BOTH = ("half_due", "half_kept", "half_share", "most_due", "most_kept", "most_share")

Cell = str | int | float | date | None


def as_data(card: Scorecard, language: Language) -> dict[str, Any]:
    """Return the scores, in all and by every split, with what is said of them."""
    return {
        "program": card.program,
        "as_of": _iso(card.as_of),
        "due_from": _iso(card.months[0].first if card.months else None),
        "due_to": _iso(card.months[-1].last if card.months else None),
        "sentences": [one[language] for one in told(card)],
        "basis": [one[language] for one in basis(card)],
        **_scores(card.whole),
        "programs": [
            {"program": code, "name": loader.program(code).name[language], **_scores(one)}
            for code, one in card.programs.items()
        ],
        "months": [
            {
                "month": f"{one.first:%Y-%m}",
                "since": _iso(one.first),
                "to": _iso(one.last),
                **_scores(one.scores),
            }
            for one in card.months
        ],
        "likelihoods": [_score(one) for one in card.likelihoods],
    }


def sheet(card: Scorecard, by: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a head and the lines of one split; every line says of which days it is."""
    days = (card.months[0].first, card.months[-1].last) if card.months else (None, None)
    if by == "likelihood":
        yield ("likelihood", "due_from", "due_to", "due", "kept", "share")
        for one in card.likelihoods:
            yield (one.said, *days, *_cells(one))
        return
    yield (by, "due_from", "due_to", *_BOTH)
    if by == "month":
        for month in card.months:
            both = (*_cells(month.scores.half), *_cells(month.scores.most))
            yield (f"{month.first:%Y-%m}", month.first, month.last, *both)
        return
    for code, scores in card.programs.items():
        yield (code, *days, *_cells(scores.half), *_cells(scores.most))


def _scores(scores: Scores) -> dict[str, Any]:
    return {"half": _score(scores.half), "most": _score(scores.most)}


def _score(score: Score) -> dict[str, Any]:
    due, kept, share = _cells(score)
    return {"said": score.said, "due": due, "kept": kept, "share": share}


def _cells(score: Score) -> tuple[int, int, float | None]:
    share = score.share
    return score.due, score.kept, None if share is None else round(share, _PLACES)


def _iso(on: date | None) -> str | None:
    return None if on is None else on.isoformat()

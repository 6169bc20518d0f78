"""How many dates were kept, as a table for a terminal."""

from collections.abc import Iterator

from parvis.jobs.cli.tables import ALL, number, percent, table
from parvis.lib.dates import day
from parvis.lib.text import Language, Text
from parvis.programs import loader
from parvis.readers.estimates.scorecard import Score, Scorecard, Scores
from parvis.readers.estimates.scorecard_words import told

_HEADS = {
    "program": Text(en="Program", fr="Programme"),
    "month": Text(en="Month", fr="Mois"),
    "likelihood": Text(en="Said", fr="Annoncé"),
}
_BOTH = (
    Text(en="Four in five: due", fr="Quatre sur cinq : échues"),
    Text(en="kept", fr="respectées"),
    Text(en="share", fr="part"),
    Text(en="Half: due", fr="Moitié : échues"),
    Text(en="kept", fr="respectées"),
    Text(en="share", fr="part"),
)
_ONE = (
    Text(en="Due", fr="Échues"),
    Text(en="kept", fr="respectées"),
    Text(en="share", fr="part"),
)


def as_text(card: Scorecard, by: str, language: Language) -> Iterator[str]:
    """Yield what is said of the scores, and one split of them."""
    yield " ".join(sentence[language] for sentence in told(card))
    if not card.months:
        return
    first, last = day(card.months[0].first).text, day(card.months[-1].last).text
    yield Text(
        en=f"Dates that fell due from {first.en} to {last.en}.",
        fr=f"Dates échues du {first.fr} au {last.fr}.",
    )[language]
    yield ""
    heads = [_HEADS[by], *(_ONE if by == "likelihood" else _BOTH)]
    yield from table([one[language] for one in heads], _rows(card, by, language))


def _rows(card: Scorecard, by: str, language: Language) -> Iterator[list[str]]:
    if by == "likelihood":
        for one in card.likelihoods:
            yield [percent(one.said, language), *_score(one, language)]
        return
    if by == "month":
        for month in card.months:
            yield [f"{month.first:%Y-%m}", *_scores(month.scores, language)]
    else:
        for code, scores in card.programs.items():
            yield [loader.program(code).name[language], *_scores(scores, language)]
    yield [ALL[language], *_scores(card.whole, language)]


def _scores(scores: Scores, language: Language) -> list[str]:
    return [*_score(scores.most, language), *_score(scores.half, language)]


def _score(score: Score, language: Language) -> list[str]:
    return [
        number(score.due, language),
        number(score.kept, language),
        percent(score.share, language),
    ]

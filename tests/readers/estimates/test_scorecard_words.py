"""How many dates were kept, in words: no share of too few, and a verdict beside every share."""

from datetime import date

import pytest

from parvis.lib.text import LANGUAGES, Language, Text
from parvis.readers.estimates.outlooks import HALF, MOST
from parvis.readers.estimates.scorecard import Score, Scorecard, Scores
from parvis.readers.estimates.scorecard_words import basis, of_a_hundred, so_few, told_of

SAYINGS = [
    Score(MOST, due, kept)
    for due, kept in ((0, 0), (1, 1), (29, 20), (100, 80), (100, 60), (1_000, 900))
]


@pytest.mark.parametrize(
    ("said", "due", "kept", "told"),
    [
        (MOST, 100, 79, ("79", "80", "about right")),
        (MOST, 1_000, 830, ("83", "80", "about right")),
        (MOST, 1_000, 840, ("84", "80", "later than they had to be")),
        (MOST, 1_000, 769, ("77", "80", "about right")),
        (MOST, 1_000, 760, ("76", "80", "too early")),
        (HALF, 100, 60, ("60", "50", "later than they had to be")),
        (HALF, 100, 40, ("40", "50", "too early")),
    ],
)
def test_a_share_is_told_of_a_hundred_with_what_it_should_be(
    said: float, due: int, kept: int, told: tuple[str, str, str]
) -> None:
    first, should, verdict = (text.en for text in told_of(Score(said, due, kept)))
    assert first == f"Of 100 dates that fell due, {told[0]} were kept."
    assert should == f"It should be {told[1]}."
    assert told[2] in verdict


def test_too_few_have_no_share_and_nothing_due_is_said_to_be_nothing() -> None:
    few = told_of(Score(MOST, 29, 20))
    assert few[0].en == "Too few dates have fallen due to say how many we keep."
    assert few[1] == Text(en="Only 29 fell due.", fr="Seulement 29 sont échues.")
    assert so_few(Score(MOST, 1, 1)).fr == "Une seule est échue."
    assert told_of(Score(MOST, 0, 0))[0] == Text(
        en="No date has fallen due yet.", fr="Aucune date n’est encore échue."
    )
    assert not any("20" in text.en for text in few)


@pytest.mark.parametrize(
    ("due", "kept", "hundredths"),
    [(1_000, 1_000, 100), (1_000, 999, 99), (1_000, 1, 1), (1_000, 0, 0), (200, 129, 64)],
)
def test_all_is_said_only_of_all_and_none_only_of_none(
    due: int, kept: int, hundredths: int
) -> None:
    assert of_a_hundred(Score(MOST, due, kept)) == hundredths


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_french_is_typeset_as_french(language: Language) -> None:
    nothing = Scores(Score(HALF, 0, 0), Score(MOST, 0, 0))
    card = Scorecard(None, date(2024, 1, 12), nothing, {}, (), ())
    for text in (*basis(card), *(text for score in SAYINGS for text in told_of(score))):
        for sentence in text[language].split(". "):
            assert len(sentence.split()) <= 15, sentence
        assert text.en != text.fr
        assert "'" not in text[language]
        assert " :" not in text[language]

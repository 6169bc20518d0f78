"""The measure of reading itself: counted by hand, and in the order that everybody would give."""

import pytest

from tests.reading import HARDEST_GRADE, LEAST_EASE, english_grade, french_ease, syllables_of


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("avez", 2),
        ("vérité", 3),
        ("langue", 1),
        ("quelqu’un", 2),
        ("l’école", 2),
        ("famille", 2),
        ("créé", 2),
        ("années", 2),
        ("société", 3),
        ("immigration", 4),
        ("que", 1),
        ("d’", 1),
    ],
)
def test_syllables_are_those_that_are_heard(word, syllables):
    assert syllables_of(word) == syllables


def test_french_ease_is_the_formula_worked_by_hand():
    assert french_ease("Avez vous un visa ?") == pytest.approx(207 - 1.015 * 4 - 73.6 * 6 / 4)


def test_what_offices_write_is_above_grade_8_and_what_people_say_is_below():
    assert english_grade("You need a visa. Ask for one online.") < HARDEST_GRADE
    assert english_grade("Eligibility determinations necessitate documentation.") > HARDEST_GRADE
    assert french_ease("Il vous faut un visa. Faites la demande en ligne.") > LEAST_EASE
    assert french_ease("La détermination de l’admissibilité nécessite des documents.") < LEAST_EASE

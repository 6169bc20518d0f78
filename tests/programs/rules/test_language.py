"""Tests of language: a whole test at once, by the scale of its day, marked where unverified."""

from datetime import date
from typing import Any

import pytest

from parvis.engines.rules.answers import read_answers
from parvis.engines.rules.findings import Result, assess
from parvis.engines.rules.refusals import AnswersRefused
from parvis.programs.rules.loader import assessment

TODAY = date(2026, 11, 29)
ABILITIES = ("L", "R", "W", "S")
LATELY = "2026-01-10"


def asked(code: str, said: dict[str, Any], on: date = TODAY) -> Result:
    return assess(assessment(code), read_answers(assessment(code), said, today=TODAY, on=on))


def scores(*found: float) -> dict[str, float]:
    return dict(zip(ABILITIES, found, strict=True))


def test_four_scores_are_four_levels_in_one_result() -> None:
    found = asked(
        "language-test",
        {"test": "ielts_general", "taken_on": LATELY, "score": scores(8, 6.5, 7, 7.5)},
    )
    assert found.said.en == "CLB 8 or more in each part"
    assert [(one.title.en, one.because.en) for one in found.findings][:2] == [
        ("IELTS General Training, listening", "The score 8 is CLB 9."),
        ("IELTS General Training, reading", "The score 6.5 is CLB 8."),
    ]
    assert found.findings[-1].because.fr == (
        "Vos niveaux\xa0: 9 pour écouter, 8 pour lire, 9 pour écrire et 10 pour parler."
    )


@pytest.mark.parametrize(
    ("test", "said", "unverified"),
    [
        ("ielts_general", scores(8, 7, 7, 7), False),
        ("celpip_general", scores(9, 9, 9, 9), False),
        ("pte_core", scores(82, 78, 88, 84), False),
        ("tcf_canada", scores(523, 524, 14, 14), True),
        ("tef_canada", scores(503, 503, 512, 518), True),
    ],
)
def test_only_what_rests_on_an_unverified_scale_is_marked(
    test: str, said: dict[str, float], unverified: bool
) -> None:
    found = asked("language-test", {"test": test, "taken_on": LATELY, "score": said})
    assert found.said.en == "CLB 9 or more in each part"
    assert {one.unverified for one in found.findings} == {unverified}
    french = test in ("tcf_canada", "tef_canada")
    whole = asked(
        "crs",
        {"first_language_name": "fr" if french else "en"}
        | {"first_language_test": {"test": test, "taken_on": LATELY} | said},
    )
    assert whole.totals["first_language"] == 4 * 31
    marked = {one.rule for one in whole.findings if one.unverified and one.points}
    assert bool(marked) is unverified


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"test": "celpip_general", "score": scores(9, 9, 7.5, 9)}, "score.W"),
        ({"test": "pte_core", "score": scores(70, 70.5, 70, 70)}, "score.R"),
        ({"test": "tcf_canada", "score": scores(400, 400, 10.5, 9)}, "score.W"),
        ({"test": "ielts_general", "score": scores(8, 8, 8, 80)}, "score.S"),
        (
            {"test": "tef_canada", "taken_on": "2023-12-01", "score": scores(434, 250, 310, 310)},
            "score.L",
        ),
        (
            {"test": "tef_canada", "taken_on": "2023-12-01", "score": scores(300, 434, 310, 310)},
            "score.R",
        ),
    ],
    ids=["half of CELPIP", "half of PTE", "half of TCF", "PTE", "TEF, new scale", "and reading"],
)
def test_a_score_of_another_test_or_scale_is_refused_at_its_field(
    said: dict[str, Any], field: str
) -> None:
    with pytest.raises(AnswersRefused) as refused:
        asked("language-test", said, on=date(2024, 6, 1))
    assert [one.field for one in refused.value.refusals] == [field]


def test_pte_and_celpip_and_ielts_agree_with_the_chart_of_canada_ca() -> None:
    """Each level begins where the chart of the Francophone pilot says."""
    begins = {
        "ielts_general": {"L": (4.5, 5, 5.5, 6, 7.5, 8, 8.5), "R": (3.5, 4, 5, 6, 6.5, 7, 8),
                          "W": (4, 5, 5.5, 6, 6.5, 7, 7.5), "S": (4, 5, 5.5, 6, 6.5, 7, 7.5)},
        "pte_core": {"L": (28, 39, 50, 60, 71, 82, 89), "R": (33, 42, 51, 60, 69, 78, 88),
                     "W": (41, 51, 60, 69, 79, 88, 90), "S": (42, 51, 59, 68, 76, 84, 89)},
        "celpip_general": dict.fromkeys(ABILITIES, (4, 5, 6, 7, 8, 9, 10)),
    }  # fmt: skip
    for test, parts in begins.items():
        step = 0.5 if test == "ielts_general" else 1
        for ability, firsts in parts.items():
            for level, first in enumerate(firsts, start=4):
                said = {"test": test, "ability": ability}
                assert asked("language", said | {"score": first}).answer == level
                assert asked("language", said | {"score": first - step}).answer == level - 1

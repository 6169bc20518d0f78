"""Offers and questions that lead nowhere are refused when they are read, with their line."""

import pytest

from parvis.programs.mistakes import ProgramRefused
from parvis.programs.rules import finder
from parvis.programs.rules.loader import all_assessments

VISA = "needs: {visitor-visa: {entry: [visa]}}"
SAID = "name: {en: A visa, fr: Un visa}, how_to_apply: {en: Ask., fr: Demandez.}"


@pytest.fixture
def refused(tmp_path, monkeypatch):
    """Return what is wrong with offers that say this."""

    def of(said: str) -> str:
        file = tmp_path / "_offers.yaml"
        file.write_text(said)
        monkeypatch.setattr(finder, "OFFERS", file)
        with pytest.raises(ProgramRefused) as wrong:
            finder._offers.__wrapped__()  # noqa: SLF001 - as read, and not as kept
        return str(wrong.value)

    return of


@pytest.mark.parametrize(
    ("said", "place", "message"),
    [
        (f"a: {{{VISA}}}", ":1: a", "has no program; give its name and how_to_apply"),
        (
            f"a: {{{SAID}, program: study-permit, {VISA}}}",
            ":1: a.program",
            "has these words itself",
        ),
        (
            (
                f"a:\n  {SAID.replace(', how', chr(10) + '  how')}\n"
                "  needs:\n    visitor-visa: {gone: [visa]}"
            ),
            ":5: a.needs.visitor-visa.gone",
            "is no value of this assessment",
        ),
        (
            f"a: {{{SAID}, needs: {{visitor-visa: {{entry: [visum]}}}}}}",
            ":1: a.needs.visitor-visa.entry",
            "is one of: nothing, eta, visa",
        ),
        (f"a: {{{SAID}, needs: {{}}, price: 1}}", ":1: a.price", "unknown key"),
        ("a: {name: {en: A}, needs: {}}", ":1: a.name.fr", "in both languages"),
    ],
)
def test_an_offer_that_leads_nowhere_is_refused_with_its_line(refused, said, place, message):
    told = refused(said)
    assert place in told
    assert message in told


def test_answers_asked_together_are_inputs_of_some_assessment():
    inputs = {name for one in all_assessments().values() for name in one.editions[-1].inputs}
    said = finder._said()  # noqa: SLF001 - what the file says
    for name in (*said.not_asked, *(n for one in said.together.values() for n in one.inputs)):
        assert any(one == name or one.startswith(f"{name}.") for one in inputs), name

"""Every shipped program and every example says all it must, well, in both languages."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from parvis.lib.text import Text
from parvis.programs.loader import (
    SHIPPED,
    UnknownProgram,
    all_programs,
    load_program,
    program,
    standard_on,
)
from parvis.programs.schema import Program, Strict
from parvis.programs.vocabulary import SectionStatus, Status, Turn

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "programs").glob("*.yaml"))
EVERY = {**all_programs(), **{path.stem: load_program(path) for path in EXAMPLES}}
LINES = {
    "citizenship": {"citizenship-grant"},
    "family-class": {"spouse-outside-canada", "spouse-in-canada", "parents-grandparents"},
    "express-entry": {"express-entry-cec", "express-entry-fsw", "express-entry-fst"},
    "visitor-visa": {"visitor-visa"},
    "study-permit": {"study-permit"},
    "work-permit": {"work-permit"},
}
USUAL_SECTIONS = {"eligibility", "medical", "background", "biometrics"}
CITIZENSHIP_SECTIONS = {
    "language",
    "presence",
    "prohibitions",
    "background",
    "test",
    "ceremony",
}

every_program = pytest.mark.parametrize("code", sorted(EVERY))


def texts(part: object, place: str = "") -> Iterator[tuple[str, Text]]:
    """Yield every text of a program with its place."""
    if isinstance(part, Text):
        yield place, part
    elif isinstance(part, Strict):
        for key in type(part).model_fields:
            yield from texts(getattr(part, key), f"{place}.{key}")
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from texts(value, f"{place}.{key}")


def sentences(one: Program) -> Iterator[tuple[str, str, str]]:
    """Yield place, language and sentence of what is told in sentences."""
    for place, text in texts(one):
        if place.endswith((".headline", ".next", ".doing", ".task", ".no_standard")) or (
            ".turns." in place
        ):
            for language in ("en", "fr"):
                for sentence in re.split(r"(?<=[.!?])\s+", text[language]):
                    yield place, language, sentence


def test_the_programs_of_the_mission_are_there_each_in_its_line() -> None:
    found: dict[str, set[str]] = {}
    for one in all_programs().values():
        found.setdefault(one.line, set()).add(one.code)
    assert found == LINES


def test_a_file_is_named_by_its_code() -> None:
    assert {path.stem for path in SHIPPED.glob("[!_]*.yaml")} == set(all_programs())
    assert all(load_program(path).code == path.stem for path in EXAMPLES)


def test_programs_come_in_the_order_of_their_codes() -> None:
    assert list(all_programs()) == sorted(all_programs())


def test_what_a_caller_does_to_the_programs_stays_with_the_caller() -> None:
    all_programs().clear()
    assert all_programs()


@every_program
def test_every_status_and_turn_has_its_words(code: str) -> None:
    one = EVERY[code]
    assert set(one.statuses) == set(Status)
    assert set(one.section_statuses) == set(SectionStatus)
    assert set(one.turns) == set(Turn)


@pytest.mark.parametrize("code", sorted(all_programs()))
def test_a_program_has_the_sections_of_its_line(code: str) -> None:
    one = program(code)
    wanted = CITIZENSHIP_SECTIONS if one.line == "citizenship" else USUAL_SECTIONS
    assert set(one.sections) == wanted
    assert one.documents
    assert one.offices


@every_program
def test_french_is_typeset_as_french(code: str) -> None:
    for place, text in texts(EVERY[code]):
        assert not re.search(r"[^\u00a0\u202f][;!?»]", text.fr), (place, text.fr)
        assert not re.search(r"[^\u00a0\u202f]:(?!\d)", text.fr), (place, text.fr)
        assert not re.search(r"«[^\u00a0\u202f]", text.fr), (place, text.fr)
        assert "'" not in text.fr, (place, text.fr)
        assert '"' not in text.fr, (place, text.fr)


@every_program
def test_english_is_typeset_as_english(code: str) -> None:
    for place, text in texts(EVERY[code]):
        assert "'" not in text.en, (place, text.en)
        assert not re.search(r"\s[;:!?.,]", text.en), (place, text.en)


@every_program
def test_no_text_has_stray_spaces(code: str) -> None:
    for place, text in texts(EVERY[code]):
        for language in ("en", "fr"):
            assert text[language] == " ".join(text[language].split(" ")).strip(), place
            assert "  " not in text[language], place
            assert "\n" not in text[language], place


@every_program
def test_a_sentence_is_short_and_ends(code: str) -> None:
    for place, language, sentence in sentences(EVERY[code]):
        assert len(sentence.split()) <= 15, (place, language, sentence)
        assert sentence[-1] in ".?!", (place, language, sentence)
        assert sentence[0].isupper(), (place, language, sentence)


@every_program
def test_both_languages_tell_the_same_number_of_sentences(code: str) -> None:
    for place, text in texts(EVERY[code]):
        assert text.en.count(".") == text.fr.count("."), (place, text)


@every_program
def test_a_service_standard_has_a_source_or_its_absence_is_told(code: str) -> None:
    one = EVERY[code]
    assert bool(one.service_standard) != bool(one.no_standard)


def test_a_standard_is_that_of_the_day() -> None:
    one = program("study-permit")
    first = min(one.service_standard)
    assert standard_on(one, date(first.year - 1, 12, 31)) is None
    assert standard_on(one, first) is one.service_standard[first]
    assert standard_on(one, date(2024, 4, 1)) is one.service_standard[first]
    assert standard_on(program("parents-grandparents"), date(2024, 4, 1)) is None


def test_a_later_standard_replaces_an_earlier_one_from_its_day_on() -> None:
    one = program("study-permit")
    (old,) = one.service_standard.values()
    new = old.model_copy(update={"days": 30})
    changed = one.model_copy(
        update={"service_standard": {date(2020, 1, 1): old, date(2024, 4, 1): new}}
    )
    assert standard_on(changed, date(2024, 3, 31)) is old
    assert standard_on(changed, date(2024, 4, 1)) is new


@pytest.mark.parametrize(
    ("typed", "close"),
    [("study-premit", "study-permit"), ("visitor", "visitor-visa"), ("citizenship", None)],
)
def test_an_unknown_code_is_answered_with_those_that_look_like_it(
    typed: str, close: str | None
) -> None:
    with pytest.raises(UnknownProgram, match=typed) as caught:
        program(typed)
    assert close is None or close in caught.value.close


@pytest.mark.parametrize("code", sorted(all_programs()))
def test_at_a_visa_application_centre_the_turn_is_the_partners(code: str) -> None:
    for office, said in program(code).offices.items():
        assert said.partner == office.startswith(("vac-", "quebec")), office

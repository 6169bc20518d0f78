"""Topics are data: in both languages, with examples, or they do not load and say why."""

import re
from collections import Counter
from pathlib import Path

import pytest

from parvis.lib.text import LANGUAGES
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.support_lines.loader import shipped_lines, templates
from parvis.programs.topics import loader
from parvis.programs.topics.loader import (
    SHIPPED,
    UnknownTopic,
    all_topics,
    load_topic,
    seed,
    topic,
)
from parvis.programs.topics.schema import AnswerOnFile

GOOD = """\
code: parking
name: {en: Parking, fr: Stationnement}
line: general
answered_by: none
examples:
  en:
    - Where can I park?
    - Is there a car park
    - parking
    - My car was towed
    - How much is parking
  fr:
    - Où puis-je me garer?
    - Y a-t-il un stationnement
    - stationnement
    - Ma voiture a été remorquée
    - Combien coûte le stationnement
"""

WRONG: dict[str, tuple[str, str, int, str, str]] = {
    # what: (the good part, the bad part, line, field, message)
    "a name in one language": (", fr: Stationnement", "", 2, "name.fr", "both languages"),
    "an empty name": ("fr: Stationnement", 'fr: " "', 2, "name", "'fr' is empty"),
    "a name of two pieces": (
        "{en: Parking,", "{en: Parking, cars,", 2, "name.cars", "unknown key",
    ),
    "examples in one language": (
        GOOD[GOOD.index("  fr:\n"):], "", 5, "examples.fr", "both languages",
    ),
    "too few examples": (
        "    - My car was towed\n    - How much is parking\n", "", 6, "examples.en", "at least 5",
    ),
    "an empty example": ("- parking", '- ""', 9, "examples.en.3", "at least 1"),
    "an example that is a number": ("- parking", "- 12", 9, "examples.en.3", "quotes"),
    "an example with a colon": ("- parking", "- a: b", 9, "examples.en.3", "quotes"),
    "an example twice": ("- parking", "- Is there a car park", 5, "examples", "twice; keep one"),
    "examples in one piece": (
        GOOD[GOOD.index("  en:\n"):GOOD.index("  fr:\n")], "  en: Where?\n", 6, "examples.en",
        "a list should stand here",
    ),
    "an answer that is none": (
        "answered_by: none", "answered_by: magic", 4, "answered_by", "'receipt-of-document'",
    ),
    "for those who are nobody": (
        "line: general", "line: general\nonly_for: nobody", 4, "only_for", "parliamentary-office",
    ),
    "no line": ("line: general\n", "", 1, "line", "missing; add it"),
    "a code with spaces": ("code: parking", "code: Car park", 1, "code", "hyphens"),
    "the code of no topic": ("code: parking", "code: none", 1, "", "stands for no topic"),
    "an unknown key": ("line:", "lines:", 3, "lines", "did you mean line?"),
    "a key twice": ("line: general", "line: a\nline: b", 4, "", "stands here twice"),
    "a tab": ("  en:", "\ten:", 6, "", "tab"),
}  # fmt: skip


def told(tmp_path: Path, content: str) -> list[tuple[int, str, str]]:
    """Load a file with this content; return what was refused."""
    path = tmp_path / "topic.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(ProgramRefused) as caught:
        load_topic(path)
    lines = str(caught.value).splitlines()
    assert all(re.match(rf"{re.escape(str(path))}:\d+: ", line) for line in lines)
    return [(one.line, one.field, one.message) for one in caught.value.errors]


def test_the_good_file_of_these_tests_is_good(tmp_path: Path) -> None:
    path = tmp_path / "parking.yaml"
    path.write_text(GOOD, "utf-8")
    found = load_topic(path)
    assert found.answered_by is AnswerOnFile.NONE
    assert found.examples.of("fr")[2] == "stationnement"


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_told_with_its_line_and_field(what: str, tmp_path: Path) -> None:
    good, bad, line, field, message = WRONG[what]
    assert good in GOOD
    errors = told(tmp_path, GOOD.replace(good, bad, 1))
    found = next((error for error in errors if error[1] == field), None)
    assert found, errors
    assert found[0] == line
    assert message in found[2]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("code: parking", "code: A b").replace(", fr: Stationnement", "")
    assert {field for _, field, _ in told(tmp_path, broken)} == {"code", "name.fr"}


def test_what_comes_with_parvis_has_a_dozen_examples_in_each_language() -> None:
    topics = all_topics()
    assert len(topics) >= 15
    for code, one in topics.items():
        assert (SHIPPED / f"{code}.yaml").is_file()
        assert min(len(one.examples.en), len(one.examples.fr)) >= 12


def test_no_example_is_of_two_topics() -> None:
    texts = [one.text.casefold() for one in seed()]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_each_example_is_learned_as_it_stands_and_among_courtesies() -> None:
    [bare] = [one for one in seed() if one.text == "Where is my file?"]
    among = [one for one in seed() if one.like == bare.text]
    assert (bare.topic, bare.like) == ("status", "")
    assert len(among) == 2
    for one in among:
        assert one.topic == "status"
        assert bare.text in one.text[2:-2]


@pytest.mark.parametrize("answer", [one for one in AnswerOnFile if one is not AnswerOnFile.NONE])
def test_each_answer_on_the_file_has_its_topic(answer: AnswerOnFile) -> None:
    assert [one.code for one in all_topics().values() if one.answered_by is answer]


def test_a_topic_is_found_by_its_code_and_told_where_it_is_misspelt() -> None:
    assert topic("status").name["fr"] == "Où en est mon dossier"
    with pytest.raises(UnknownTopic, match="did you mean refusal"):
        topic("refusals")


def test_the_house_s_own_topics_stand_on_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loader, "default_home", lambda: tmp_path)
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "parking.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "topics" / "ours.yaml").write_text(GOOD.replace("code: parking", "code: status"))
    (tmp_path / "topics" / "broken.yaml").write_text("code: broken\n", "utf-8")
    known = all_topics()
    assert known["parking"].name.en == "Parking"
    assert known["status"].name.en == "Parking"
    assert "broken" not in known
    assert "broken.yaml:1: name: missing" in caplog.text
    assert {one.topic for one in seed()} >= {"parking", "biometrics", "none"}


def test_each_topic_goes_to_a_line_that_there_is_and_each_line_names_topics_that_there_are() -> (
    None
):
    topics = all_topics()
    assert {one.line for one in topics.values()} <= set(shipped_lines())
    manners = [*shipped_lines().values(), *templates().values()]
    assert {code for one in manners for code in one.topics} <= set(topics)


def test_names_are_in_both_languages_and_differ() -> None:
    for one in all_topics().values():
        assert len({one.name[language] for language in LANGUAGES}) == 2

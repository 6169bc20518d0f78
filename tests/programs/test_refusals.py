"""A program's file that says something wrong is refused with file, line, field and what to do."""

import re
from pathlib import Path

import pytest

from parvis.programs.loader import load_program
from parvis.programs.mistakes import Mistake, ProgramRefused

GOOD = """\
code: dog-licence
line: dog-licence
name: {en: Dog licence, fr: Permis de chien}
time_zone: America/Toronto
service_standard:
  2024-04-01:
    days: 30
    target: 0.80
    source: unverified
dormant_after_days: 90
sections:
  review:
    name: {en: Review, fr: Examen}
    doing:
      en: We are looking at your dog.
      fr: Nous regardons votre chien.
    source: unverified
documents:
  updated-passport: {}
offices:
  vac-dakar: {}
history:
  activities:
    Bark:
      name: {en: Bark, fr: Aboiement}
      does: step
      section: review
  outcomes:
    "Yes": approve
"""

WRONG: dict[str, tuple[str, str, int, str, str]] = {
    # what: (the good part, the bad part, line, field, message)
    "a missing French half": (
        "fr: Permis de chien}", "}", 3, "name.fr", "both languages",
    ),
    "a missing English half in a nested part": (
        "      en: We are looking at your dog.\n", "", 14, "sections.review.doing.en",
        "both languages",
    ),
    "an empty half": ("fr: Permis de chien", 'fr: " "', 3, "name", "'fr' is empty"),
    "a third language": (
        "fr: Permis de chien", "fr: Permis, de: Hund", 3, "name.de", "unknown key",
    ),
    "a text in one piece": (
        "name: {en: Dog licence, fr: Permis de chien}", "name: Dog licence", 3, "name", "en and fr",
    ),
    "a missing key": ("line: dog-licence\n", "", 1, "line", "missing; add it"),
    "an unknown key": ("time_zone:", "timezone:", 4, "timezone", "did you mean time_zone?"),
    "an unknown key in a part": (
        "    target: 0.80", "    traget: 0.80", 8, "service_standard.2024-04-01.traget",
        "did you mean target?",
    ),
    "a word for a number": (
        "days: 30", "days: many", 7, "service_standard.2024-04-01.days", "whole",
    ),
    "a truth for a number": (
        "days: 30", "days: true", 7, "service_standard.2024-04-01.days", "whole",
    ),
    "no days at all": ("days: 30", "days: 0", 7, "service_standard.2024-04-01.days", "greater"),
    "days and months": (
        "days: 30", "days: 30\n    months: 1", 6, "service_standard.2024-04-01", "one of the two",
    ),
    "neither days nor months": (
        "    days: 30\n", "", 6, "service_standard.2024-04-01", "one of the two",
    ),
    "a target of more than all": (
        "target: 0.80", "target: 80", 8, "service_standard.2024-04-01.target", "less than or",
    ),
    "a target of none": (
        "target: 0.80", "target: 0", 8, "service_standard.2024-04-01.target", "greater than 0",
    ),
    "a day that does not exist": (
        "2024-04-01:", "2024-04-31:", 6, "service_standard.2024-04-31", "not a date",
    ),
    "a standard and none": (
        "dormant_after", "no_standard: {en: None., fr: Aucune.}\ndormant_after", 10, "no_standard",
        "keep one",
    ),
    "a time zone that does not exist": (
        "America/Toronto", "Mars/Phobos", 4, "time_zone", "America/Toronto",
    ),
    "a code with spaces": ("code: dog-licence", "code: Dog licence", 1, "code", "hyphens"),
    "a dangling section": (
        "section: review", "section: revue", 27, "history.activities.Bark.section",
        "not among this program's sections (review)",
    ),
    "a dangling document": (
        "section: review", "document: bone", 27, "history.activities.Bark.document", "documents",
    ),
    "a dangling office": (
        "section: review", "office: park", 27, "history.activities.Bark.office", "offices",
    ),
    "an act without its section": (
        "does: step\n      section: review", "does: complete", 24,
        "history.activities.Bark.section", "complete needs one",
    ),
    "an act without its document": (
        "does: step", "does: ask", 24, "history.activities.Bark.document", "ask needs one",
    ),
    "an act without its office": (
        "does: step", "does: transfer", 24, "history.activities.Bark.office",
        "transfer needs one",
    ),
    "an act that does not exist": (
        "does: step", "does: bark", 26, "history.activities.Bark.does", "'approve'",
    ),
    "an outcome that is no ending": (
        '"Yes": approve', '"Yes": receive', 29, "history.outcomes.Yes", "one of: abandon",
    ),
    "an activity whose label is a number": (
        "    Bark:", "    12:", 24, "history.activities.12", "quotes",
    ),
    "columns of neither shape": (
        "  outcomes:", "  columns: {case: id}\n  outcomes:", 28, "history.columns", "received",
    ),
    "columns of both shapes": (
        "  outcomes:", "  columns: {case: id, received: r, activity: a, at: t}\n  outcomes:", 28,
        "history.columns", "received",
    ),
    "a lifecycle without activities": (
        "  outcomes:", "  columns: {case: id, received: r, lifecycle: l}\n  outcomes:", 28,
        "history.columns", "received",
    ),
    "a code that nobody has described": (
        "  updated-passport: {}", "  bone:", 19, "documents.bone", "keys and values",
    ),
    "a common text of which one half is changed": (
        "  updated-passport: {}", "  updated-passport: {name: {en: Passport}}", 19,
        "documents.updated-passport.name.fr", "both languages",
    ),
    "a status that does not exist": (
        "sections:", "statuses:\n  lost: {}\nsections:", 12, "statuses.lost", "'received'",
    ),
    "a way to answer that does not exist": (
        "  updated-passport: {}", "  updated-passport: {answered_by: pigeon}", 19,
        "documents.updated-passport.answered_by", "not known here; use 'upload' or 'visit'",
    ),
    "a list for a mapping": (
        "documents:\n  updated-passport: {}", "documents: [a]", 18, "documents", "keys",
    ),
    "a duplicate key": ("line: dog-licence", "line: a\nline: b", 3, "", "'line' stands here twice"),
    "a duplicate activity": (
        "  outcomes:", "    Bark: {}\n  outcomes:", 28, "", "'Bark' stands here twice",
    ),
    "a tab": ("  review:", "\treview:", 12, "", "tab character"),
    "an alias": ("name: {en: Review, fr: Examen}", "name: *other", 13, "", "write the part out"),
    "a tag": (
        "name: {en: Review, fr: Examen}", "name: !!python/object:os.system {}", 13, "", "tag",
    ),
    "a merge": (
        "name: {en: Review, fr: Examen}", "<<: {name: {en: a, fr: b}}", 13, "", "plain word",
    ),
    "a key of two parts": ("code: dog-licence", "? [a, b]\n: c", 1, "", "plain word"),
    "a quote without end": ("code: dog-licence", 'code: "dog', 29, "", "check quotes"),
    "a second document": ("  outcomes:", "---\na: b\n---", 28, "", "another document"),
    "a character outside YAML": ("Dog licence", "Dog \x01licence", 3, "", "may not stand"),
    "a number of many digits": ("days: 30", f"days: {'9' * 5000}", 1, "", "quotes"),
}  # fmt: skip

FILES: dict[str, tuple[bytes, int, str]] = {
    "an empty file": (b"", 1, "empty"),
    "only a comment": (b"# nothing\n", 1, "empty"),
    "a list": (b"- a\n- b\n", 1, "does not start with a key"),
    "one word": (b"hello", 1, "does not start with a key"),
    "bytes that are not UTF-8": (b"code: a\nname: caf\xe9\n", 2, "UTF-8"),
    "UTF-16": ("code: a\n".encode("utf-16"), 1, "UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "UTF-8"),
    "a bomb of aliases": (
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", 2, "write the part out",
    ),
    "a key that holds itself": (b"a: &a {b: *a}\n", 1, "write the part out"),
    "thousands of brackets": (b"a: " + b"[" * 5000, 1, "nested too deeply"),
    "two megabytes": (b"# " + b"x" * 2_000_000, 1, "larger than"),
}  # fmt: skip


def mistakes(tmp_path: Path, content: bytes) -> list[Mistake]:
    """Load a file with this content and return what was refused."""
    path = tmp_path / "program.yaml"
    path.write_bytes(content)
    with pytest.raises(ProgramRefused) as caught:
        load_program(path)
    told = str(caught.value).splitlines()
    assert len(told) == len(caught.value.errors)
    assert all(re.match(rf"{re.escape(str(path))}:\d+: ", line) for line in told)
    return caught.value.errors


def test_the_good_file_of_these_tests_is_good(tmp_path: Path) -> None:
    path = tmp_path / "program.yaml"
    path.write_text(GOOD, encoding="utf-8")
    one = load_program(path)
    assert one.documents["updated-passport"].task.fr.startswith("Envoyez")
    assert one.statuses["received"].name.fr == "Reçue"  # type: ignore[index]


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_told_with_its_line_and_field(what: str, tmp_path: Path) -> None:
    good, bad, line, field, message = WRONG[what]
    assert good in GOOD
    errors = mistakes(tmp_path, GOOD.replace(good, bad, 1).encode())
    found = next((error for error in errors if error.field == field), None)
    assert found, errors
    assert found.line == line
    assert message in found.message


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_program_is_refused_in_one_line(what: str, tmp_path: Path) -> None:
    content, line, message = FILES[what]
    (error,) = mistakes(tmp_path, content)
    assert error.line == line
    assert message in error.message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("days: 30", "days: x").replace("line:", "lime:").replace("fr: Examen", "")
    fields = {error.field for error in mistakes(tmp_path, broken.encode())}
    assert fields >= {
        "service_standard.2024-04-01.days",
        "line",
        "lime",
        "sections.review.name.fr",
    }


def test_words_that_yaml_takes_for_truths_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "program.yaml"
    path.write_text(GOOD.replace("{en: Bark, fr: Aboiement}", "{en: No, fr: on}"), encoding="utf-8")
    told = load_program(path).history.activities["Bark"].name
    assert (told.en, told.fr) == ("No", "on")


def test_a_byte_order_mark_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "program.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_program(path).code == "dog-licence"


def test_a_common_word_is_overridden_key_by_key(tmp_path: Path) -> None:
    path = tmp_path / "program.yaml"
    own = "statuses:\n  closed:\n    next: {en: Ask us., fr: Écrivez-nous.}\n"
    path.write_text(GOOD + own, encoding="utf-8")
    closed = load_program(path).statuses["closed"]  # type: ignore[index]
    assert closed.next.fr == "Écrivez-nous."
    assert closed.name.fr == "Fermée"


def test_a_file_that_is_not_there_is_an_ordinary_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_program(tmp_path / "none.yaml")

"""Words of notices: in both languages, with the fields that are filled, or they do not load."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from parvis.programs.loader import SHIPPED, all_programs, load_program
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.notices import Frame, frame, wrong_fields
from parvis.programs.vocabulary import OF_A_CLIENT, NoticeKind

BOTH = {"en": "We wrote to you.", "fr": "Nous vous avons écrit."}
WRONG: dict[str, tuple[Any, str]] = {
    "one language": ({"request": {"says": {"en": "By {due}."}}}, "fr"),
    "an empty language": ({"request": {"says": {"en": "By {due}.", "fr": " "}}}, "both languages"),
    "a missing field": ({"request": {"says": BOTH}}, r"lacks \{due\}"),
    "a field in one language": (
        {"request": {"says": {"en": "By {due}.", "fr": "Répondez."}}},
        r"notices\.request\.says\.fr.*lacks \{due\}",
    ),
    "a field that nobody fills": (
        {"decision": {"says": {"en": "Hello {name}.", "fr": "Bonjour {name}."}}},
        r"not filled: \{name\}",
    ),
    "a look into our objects": (
        {"request": {"says": {"en": "{due.__class__}", "fr": "{due.__class__}"}}},
        "not filled",
    ),
    "half a field": ({"decision": {"says": {"en": "{", "fr": "{"}}}, "cannot be read"),
    "an unknown kind": ({"birthday": {"says": BOTH}}, "birthday"),
    "words of the house": ({"mandate-given": {"says": BOTH}}, "words of the house"),
}


def program(tmp_path: Path, **said: Any) -> Path:
    """Return the file of a program that says this, too."""
    data = yaml.safe_load((SHIPPED / "study-permit.yaml").read_text()) | said
    path = tmp_path / "program.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True))
    return path


@pytest.mark.parametrize("what", WRONG)
def test_words_that_are_wrong_do_not_load(what: str, tmp_path: Path) -> None:
    notices, reason = WRONG[what]
    with pytest.raises(ProgramRefused, match=reason):
        load_program(program(tmp_path, notices=notices))


def test_reminders_come_one_before_the_other(tmp_path: Path) -> None:
    with pytest.raises(ProgramRefused, match="first reminder comes more days before"):
        load_program(program(tmp_path, reminder_days=[3, 14]))


def test_a_program_tells_in_its_own_words_and_leaves_things_untold(tmp_path: Path) -> None:
    told = load_program(
        program(tmp_path, notices={"decision": {"says": BOTH}, "received": {"told": False}})
    )
    assert told.notices[NoticeKind.DECISION].says.en == "We wrote to you."
    assert told.notices[NoticeKind.DECISION].urgent
    assert not told.notices[NoticeKind.RECEIVED].told


def test_every_program_has_words_for_everything_that_is_told() -> None:
    for one in all_programs().values():
        assert set(one.notices) == set(NoticeKind) - OF_A_CLIENT


@pytest.mark.parametrize(
    "said",
    [
        {"text": {"en": "News.", "fr": "Du nouveau."}},
        {"text": {"en": "x" * 80 + "{link}", "fr": "{link}"}},
        {"of_a_client": {}},
        {"subject": {"en": "News"}},
    ],
)
def test_the_words_around_are_whole_or_do_not_load(said: dict[str, Any]) -> None:
    data = yaml.safe_load((SHIPPED / "_notices.yaml").read_text()) | said
    with pytest.raises(ValidationError):
        Frame.model_validate(data)
    assert frame().window > frame().apart


def test_a_sentence_is_told_what_is_wrong_with_it() -> None:
    assert wrong_fields("By {due}.", frozenset({"due"})) is None

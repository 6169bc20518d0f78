"""`parvis show`: a file on paper and as JSON, and numbers that lead nowhere."""

import json

import pytest
from click.testing import CliRunner, Result

from parvis.casework.applications import histories
from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.jobs import cli
from parvis.jobs.cli.paper import paper
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.programs import loader
from parvis.programs.vocabulary import Status
from parvis.readers.tracker import file_page
from tests.filing import ASK, OPEN, RECEIVED, WAYS, filed, seen

pytestmark = pytest.mark.django_db


def show(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["show", *arguments])


def imported(number: str, program: str) -> None:
    case = ForeignCase(number, [(RECEIVED, "Wachten", None)], None)
    reading = Reading(loader.program(program))
    histories.take_in(program=program, cases=[case], reading=reading, by="test")


def test_a_file_is_told_on_standard_output_alone() -> None:
    done = show(filed(OPEN, ASK).number)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Send a police certificate from each country we list." in done.stdout
    assert "\x1b" not in done.stdout


def test_json_is_alone_on_standard_output() -> None:
    done = show(filed(OPEN).number, "--json", "--lang", "fr")
    told = json.loads(done.stdout)
    assert told["language"] == "fr"
    assert told["program"] == {"code": "study-permit", "name": "Permis d’études"}


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_prints_in_each_language(status: Status, language: Language) -> None:
    page = file_page(seen(filed(*WAYS[status])), clock.now())
    assert page.headline[language].split()[0] in paper(page, language)


def test_french_has_no_english_label() -> None:
    done = show(filed(OPEN, ASK).number, "--lang", "fr")
    for label in (
        "Status",
        "Whose",
        "Office",
        "Received",
        "Sections",
        "happened",
        "Service",
        "due",
    ):
        assert label not in done.stdout


def test_the_number_of_another_system_will_do() -> None:
    imported("A-77", "study-permit")
    done = show("A-77")
    assert done.exit_code == 0
    assert "Wachten" in done.stdout


def test_an_unknown_number_is_one_sentence_that_names_what_to_check() -> None:
    done = show("A-78")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "A-78" in done.stderr
    assert "Check" in done.stderr
    assert "Vérifiez" in show("A-78", "--lang", "fr").stderr


def test_a_mistyped_check_digit_is_said_as_such() -> None:
    number = filed().number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    done = show(wrong)
    assert done.exit_code == 1
    assert "typing mistake" in done.stderr


def test_a_number_used_in_two_programs_lists_them() -> None:
    imported("A-77", "study-permit")
    imported("A-77", "work-permit")
    done = show("A-77")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "study-permit" in done.stderr
    assert "work-permit" in done.stderr
    assert show("A-77", "--program", "work-permit").exit_code == 0


def test_a_program_that_does_not_exist_is_a_usage_error() -> None:
    done = show("A-77", "--program", "study-permitt")
    assert done.exit_code == 2
    assert "study-permit" in done.stderr


@pytest.mark.parametrize("number", ["9" * 5000, "P" + "9" * 30, "A\0B"])
def test_what_cannot_be_a_number_is_not_found(number: str) -> None:
    assert show(number).exit_code == 1

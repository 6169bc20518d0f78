"""`parvis adults`: other adults on an application."""

import json

import pytest
from click.testing import CliRunner, Result

from parvis.casework.applications.replaying import differences
from parvis.casework.applications.selectors import files_of
from parvis.casework.people.selectors import client_of
from parvis.jobs import cli
from tests.casework.mandates.giving import person
from tests.filing import OPEN, client, filed

pytestmark = pytest.mark.django_db


def adults(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["adults", *arguments])


def test_an_adult_is_put_on_an_application_and_sees_it() -> None:
    _, subject = client("ada@example.org")
    eve, _ = client("eve@example.org", name="Eve Example")
    file = filed(OPEN, client=subject)
    done = adults("add", file.number, "Eve@example.org")
    assert done.exit_code == 0, done.output
    assert [one.number for one in files_of(eve)] == [file.number]
    assert json.loads(adults("list", file.number, "--json").stdout) == [
        {"name": "Eve Example", "email": "eve@example.org"}
    ]
    assert adults("list", file.number).stdout == "Eve Example <eve@example.org>\n"


def test_an_adult_who_is_taken_off_sees_it_no_more_and_can_be_put_on_again() -> None:
    _, subject = client("ada@example.org")
    eve, _ = client("eve@example.org", name="Eve Example")
    file = filed(OPEN, client=subject)
    for _ in range(2):
        assert adults("add", file.number, "eve@example.org").exit_code == 0
        assert [one.number for one in files_of(eve)] == [file.number]
        done = adults("remove", file.number, "Eve@example.org")
        assert done.exit_code == 0, done.output
        assert files_of(eve) == []
        assert [wrong for _, wrong in differences() if wrong] == []


def test_who_is_no_client_yet_becomes_one() -> None:
    _, subject = client("ada@example.org")
    file, eve = filed(OPEN, client=subject), person("eve@example.org")
    assert "--name" in adults("add", file.number, "eve@example.org").stderr
    done = adults(
        "add", file.number, "eve@example.org", "--name", " Ève  Exemple", "--language", "fr"
    )
    assert done.exit_code == 0, done.output
    known = client_of(eve)
    assert known is not None
    assert (known.name, known.language) == ("Ève Exemple", "fr")


def test_a_refusal_is_a_sentence_and_changes_nothing() -> None:
    _, subject = client("ada@example.org")
    file = filed(OPEN, client=subject)
    for arguments, because in (
        (("add", "P9999999999", "ada@example.org"), "No file"),
        (("add", file.number, "nobody@example.org"), "nobody signs in"),
        (("add", file.number, "ada@example.org"), "already"),
        (("list", "x"), "No file"),
        (("remove", file.number, "ada@example.org"), "besides its client"),
        (("remove", file.number, "nobody@example.org"), "no client signs in"),
    ):
        done = adults(*arguments)
        assert done.exit_code == 1
        assert because in done.stderr
    assert "Nobody" in adults("list", file.number).stderr

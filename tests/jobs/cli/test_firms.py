"""`parvis firms`: who holds clients' mandates together."""

import json

import pytest
from click.testing import CliRunner, Result

from parvis.casework.people.roles import Role
from parvis.jobs import cli
from tests.casework.mandates.giving import person

pytestmark = pytest.mark.django_db
NAME = "Example & Sample"


def firms(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["firms", *arguments])


def members() -> list[str]:
    [told] = json.loads(firms("list", "--json").stdout)
    assert told["name"] == NAME
    found: list[str] = told["members"]
    return found


def test_a_firm_is_added_with_its_members_joined_and_left() -> None:
    for email in ("rita@example.org", "rob@example.org"):
        person(email)
    assert firms("add", NAME, "--member", "Rita@example.org").exit_code == 0
    assert firms("add", "example & sample", "--member", "rob@example.org").exit_code == 0
    assert members() == ["rita@example.org", "rob@example.org"]
    assert f"{NAME}: rita@example.org, rob@example.org" in firms("list").stdout
    assert firms("remove", NAME, "--member", "ROB@example.org").exit_code == 0
    assert members() == ["rita@example.org"]
    assert firms("remove", NAME).exit_code == 0
    assert members() == []
    assert f"{NAME}: nobody" in firms("list").stdout


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        (("add", " "), "characters"),
        (("add", NAME, "--member", "nobody@example.org"), "nobody signs in"),
        (("add", NAME, "--member", "officer@example.org"), "role"),
        (("remove", NAME), "no firm"),
    ],
)
def test_a_refusal_is_a_sentence_and_changes_nothing(
    arguments: tuple[str, ...], because: str
) -> None:
    person("officer@example.org", Role.OFFICER)
    done = firms(*arguments)
    assert done.exit_code == 1
    assert because in done.stderr
    assert json.loads(firms("list", "--json").stdout) == []


def test_who_is_not_of_a_firm_cannot_leave_it() -> None:
    person()
    firms("add", NAME)
    done = firms("remove", NAME, "--member", "rita@example.org")
    assert done.exit_code == 1
    assert "not of Example & Sample: rita@example.org" in done.stderr


def test_an_empty_house_says_how_to_begin() -> None:
    done = firms("list")
    assert done.stdout == ""
    assert "parvis firms add" in done.stderr

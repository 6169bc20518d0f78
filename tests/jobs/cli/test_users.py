"""`parvis users`: who may sign in."""

import json

import pytest
from click.testing import CliRunner, Result

from parvis.jobs import cli

pytestmark = pytest.mark.django_db
GOOD = "a-plain-test-password"


def users(*arguments: str, said: str | None = None) -> Result:
    return CliRunner().invoke(cli.main, ["users", *arguments], input=said)


def test_a_user_is_added_with_a_password_from_standard_input() -> None:
    done = users(
        "add", "Clerk@Example.org", "--role", "agent", "--password-stdin", said=f"{GOOD}\n"
    )
    assert done.exit_code == 0
    assert GOOD not in done.output
    [told] = json.loads(users("list", "--json").stdout)
    assert (told["email"], told["role"], told["active"]) == ("clerk@example.org", "agent", True)
    assert "clerk@example.org" in users("list").stdout


def test_a_password_is_asked_for_twice() -> None:
    assert users("add", "ada@example.org", said=f"{GOOD}\n{GOOD}\n").exit_code == 0


@pytest.mark.parametrize(
    ("email", "password", "because"),
    [
        ("ada@example.org", "12345678", "password"),
        ("ada@example.org", "", "empty"),
        ("not an address", GOOD, "address"),
    ],
)
def test_a_refusal_is_a_sentence(email: str, password: str, because: str) -> None:
    done = users("add", email, "--password-stdin", said=f"{password}\n")
    assert done.exit_code == 1
    assert because in done.stderr
    assert json.loads(users("list", "--json").stdout) == []


def test_an_address_is_one_user_in_any_spelling() -> None:
    users("add", "ada@example.org", "--password-stdin", said=GOOD)
    done = users("add", "ADA@example.org", "--password-stdin", said=GOOD)
    assert done.exit_code == 1
    assert "already" in done.stderr


def test_an_empty_house_says_how_to_begin() -> None:
    done = users("list")
    assert done.stdout == ""
    assert "parvis users add" in done.stderr

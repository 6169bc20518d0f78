"""Every command is in the table of permissions, and whose file one opens is told."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from parvis.casework.accesses.models import Access
from parvis.casework.applications.opening import open_for_the_house
from parvis.casework.people.policies import GRANTED, OF_THE_HOUSE, Act, ActRefused, Capacity
from parvis.config.doors import COMMANDS, OF_A_FILE, allows
from parvis.jobs import cli
from tests.filing import OPEN, RECEIVED, client, filed


def commands(found: click.Command = cli.main, name: str = "") -> Iterator[str]:
    """Yield the names of all commands."""
    if not isinstance(found, click.Group):
        yield name
        return
    context = click.Context(found)
    for one in found.list_commands(context):
        command = found.get_command(context, one)
        assert command is not None
        yield from commands(command, f"{name} {one}".strip())


def test_every_command_is_in_the_table_and_the_table_has_no_other() -> None:
    assert set(COMMANDS) == set(commands())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_house_may_do_what_its_commands_are_for(command: str) -> None:
    assert allows(COMMANDS[command], OF_THE_HOUSE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "command", [name for name, needed in COMMANDS.items() if needed in OF_A_FILE]
)
def test_a_command_that_opens_a_file_is_written_down(command: str, tmp_path: Path) -> None:
    _, subject = client("ada@example.org")
    file = filed(OPEN, client=subject)
    options = ["--out", str(tmp_path / "taken.zip")] if command == "file take" else []
    done = CliRunner().invoke(cli.main, [*command.split(), file.number, *options])
    assert done.exit_code == 0, done.output
    [look] = Access.objects.filter(application=file.pk)
    assert (look.capacity, look.act) == (Capacity.HOUSE, COMMANDS[command])


@pytest.mark.django_db
def test_not_even_the_house_acts_in_a_client_s_place() -> None:
    refused = {act for act in OF_A_FILE if Capacity.HOUSE not in GRANTED[act]}
    assert refused == {Act.ANSWER, Act.READ_SENT}
    number = filed(OPEN).number
    for act in refused:
        with pytest.raises(ActRefused):
            open_for_the_house(number=number, act=act, at=RECEIVED)
    assert not Access.objects.exists()

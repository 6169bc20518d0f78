"""The command line as a whole: what it says, how fast, and with which exit code it leaves."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from parvis import __main__
from parvis.jobs import cli
from parvis.lib.postgres import PostgresMissing


def parvis(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a person would: they have none of what walks in a browser set."""
    ours = {name: told for name, told in os.environ.items() if not name.startswith("DJANGO_")}
    return subprocess.run(
        [sys.executable, "-m", "parvis", *arguments],
        env={**ours, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_and_loads_none() -> None:
    program = (
        "import sys; from parvis.__main__ import cli; cli.main(['--help'], standalone_mode=False);"
        "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    for command in ("demo", "serve", "show", "import", "log", "programs", "users", "db", "manage"):
        assert f"  {command} " in done.stdout


def test_the_commands_that_need_nothing_are_quick(tmp_path: Path) -> None:
    for arguments in (["--help"], ["db", "status"]):
        took = []
        for _ in range(3):
            began = time.perf_counter()
            parvis(*arguments, PARVIS_HOME=str(tmp_path), DATABASE_URL="")
            took.append(time.perf_counter() - began)
        assert min(took) < 0.3


@pytest.mark.parametrize("name", list(cli.main.list_commands(click.Context(cli.main))))
def test_every_command_is_there_and_says_what_it_does(name: str) -> None:
    command = cli.main.get_command(click.Context(cli.main), name)
    assert command is not None
    assert command.help


def test_a_mistaken_command_is_a_usage_error() -> None:
    done = parvis("improt")
    assert done.returncode == 2
    assert "improt" in done.stderr


def leave_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "main", fail)
    with pytest.raises(SystemExit) as left:
        __main__.main()
    return left.value.code


def test_a_refusal_is_one_line_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave_with(cli.Refused("No file has that number."), monkeypatch) == 1
    assert capsys.readouterr().err == "parvis: No file has that number.\n"


def test_a_missing_database_server_is_told_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert leave_with(PostgresMissing("Install it."), monkeypatch) == 1
    assert capsys.readouterr().err == "parvis: Install it.\n"


def test_ctrl_c_leaves_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    monkeypatch.setattr(sys, "argv", ["parvis"])
    with pytest.raises(SystemExit) as left:
        __main__.main()
    assert left.value.code == 130


def test_a_mistake_of_ours_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        leave_with(ZeroDivisionError(), monkeypatch)


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = parvis("manage", "migrate", "--check", DATABASE_URL=f"postgresql://u@/d?host={tmp_path}")
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_setting_that_is_missing_is_told_in_a_sentence() -> None:
    done = parvis("manage", "check", DATABASE_URL="postgresql:///d", PARVIS_PRODUCTION="1")
    assert done.returncode == 1
    assert done.stderr.startswith("parvis: In production, set PARVIS_")


def db(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(cli.main, ["db", *arguments], env=environment)


def test_the_database_is_started_looked_at_stopped_and_deleted(tmp_path: Path) -> None:
    home = {"PARVIS_HOME": str(tmp_path / "home"), "DATABASE_URL": ""}
    assert db("start", **home).exit_code == 0
    told = json.loads(db("status", "--json", **home).stdout)
    assert (told["running"], told["version"].isdigit()) == (True, True)
    assert set(told) == {"running", "pid", "version", "data", "size", "url"}
    assert db("stop", **home).exit_code == 0
    assert json.loads(db("status", "--json", **home).stdout)["running"] is False
    refused = CliRunner().invoke(cli.main, ["db", "reset"], input="n\n", env=home)
    assert refused.exit_code == 1
    assert Path(told["data"]).exists()
    assert db("reset", "--yes", **home).exit_code == 0
    assert not Path(told["data"]).exists()


@pytest.mark.parametrize("act", [["start"], ["stop"], ["reset", "--yes"]])
def test_a_departments_own_database_is_left_alone(tmp_path: Path, act: list[str]) -> None:
    home = tmp_path / "home"
    done = db(*act, PARVIS_HOME=str(home), DATABASE_URL="postgresql://db.example/parvis")
    assert done.exit_code == 0
    assert "department's own database" in done.stderr
    assert not home.exists()


def test_status_of_a_departments_database_tells_no_password(tmp_path: Path) -> None:
    url = f"postgresql://clerk:secret@/parvis?host={tmp_path}"
    done = db("status", "--json", DATABASE_URL=url)
    told = json.loads(done.stdout)
    assert told["running"] is False
    assert told["problem"]
    assert "secret" not in done.output


def test_an_address_that_is_none_is_told_without_its_password() -> None:
    done = db("status", "--json", DATABASE_URL="mysql://clerk:secret@host/parvis")
    assert "postgresql://" in json.loads(done.stdout)["problem"]
    assert "secret" not in done.output


def test_status_of_a_departments_database_that_answers_tells_its_version(tmp_path: Path) -> None:
    home = {"PARVIS_HOME": str(tmp_path / "home")}
    db("start", **home, DATABASE_URL="")
    try:
        url = json.loads(db("status", "--json", **home, DATABASE_URL="").stdout)["url"]
        told = json.loads(db("status", "--json", DATABASE_URL=url).stdout)
        assert told["running"] is True
        assert told["version"]
    finally:
        db("reset", "--yes", **home, DATABASE_URL="")

"""`parvis file`: an archive for the mail, checked; the house’s own look is told; how many."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parvis.casework.accesses.selectors import accesses_to
from parvis.casework.people.policies import Act, Capacity
from parvis.jobs import cli
from parvis.lib import clock
from tests.sending import disk  # noqa: F401 - a fixture
from tests.taking import Filed, answered, members, repacked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, ["file", *map(str, arguments)])


@pytest.fixture
def taken(tmp_path: Path) -> tuple[Filed, Path]:
    one, path = answered(), tmp_path / "mail.zip"
    done = run("take", one.number, "--out", path, "--lang", "fr")
    assert (done.exit_code, done.stdout) == (0, "")
    return one, path


def test_one_made_for_the_mail_is_whole_and_ours(taken: tuple[Filed, Path]) -> None:
    one, path = taken
    done = run("verify", path)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Whole and ours: {one.number}, 8 members")
    assert members(path.read_bytes())["README.txt"].decode().startswith("VOTRE DOSSIER")
    assert path.stat().st_mode & 0o777 == 0o600


def test_its_client_is_told_that_the_house_made_a_copy(taken: tuple[Filed, Path]) -> None:
    one, _ = taken
    [look] = accesses_to(one.application.id, most=2)
    assert (look.capacity, look.act) == (Capacity.HOUSE, Act.TAKE_ALONG)


def test_a_changed_one_is_named_and_leaves_with_1(taken: tuple[Filed, Path]) -> None:
    _, path = taken
    repacked(path, members(path.read_bytes()) | {"accesses.csv": b"nobody\r\n"})
    done = run("verify", path)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "accesses.csv: changed since we made the archive",
        "It is NOT whole and ours.",
    ]
    told = json.loads(run("verify", path, "--json").stdout)
    assert told["whole_and_ours"] is False
    assert told["findings"] == ["accesses.csv: changed since we made the archive"]


def test_what_cannot_be_read_leaves_with_2(taken: tuple[Filed, Path], tmp_path: Path) -> None:
    _, path = taken
    path.write_bytes(path.read_bytes()[:1_000])
    done = run("verify", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "broken or cut off" in done.stderr
    assert run("verify", tmp_path / "nothing.zip").exit_code == 2
    assert "No such file" in run("verify", tmp_path / "nothing.zip").stderr
    assert run("verify", tmp_path).exit_code == 2


def test_it_is_checked_with_a_key_alone(taken: tuple[Filed, Path], tmp_path: Path) -> None:
    _, path = taken
    key = tmp_path / "key.pem"
    key.write_text(run("key").stdout)
    assert run("verify", path, "--key", key).exit_code == 0
    key.write_text("no key")
    done = run("verify", path, "--key", key)
    assert done.exit_code == 2
    assert "no public key" in done.stderr


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_says_the_same_as_the_readme_promises(
    taken: tuple[Filed, Path], tmp_path: Path
) -> None:
    _, path = taken
    for name in ("manifest.json", "manifest.sig", "key.pem"):
        (tmp_path / name).write_bytes(members(path.read_bytes())[name])
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json"
    done = subprocess.run(
        [*command.split(), "-sigfile", "manifest.sig"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "Signature Verified Successfully")


def test_nothing_is_written_over(taken: tuple[Filed, Path]) -> None:
    one, path = taken
    before = path.read_bytes()
    done = run("take", one.number, "--out", path)
    assert (done.exit_code, path.read_bytes()) == (1, before)
    assert "exists already" in done.stderr
    assert list(path.parent.glob(".mail*")) == []


@pytest.mark.parametrize("number", ["P0000000000", "nothing", ""])
def test_a_number_that_leads_nowhere_is_told(tmp_path: Path, number: str) -> None:
    done = run("take", number, "--out", tmp_path / "x.zip")
    assert done.exit_code == 1
    assert "No file has the number" in done.stderr


def test_how_many_were_taken_by_month(taken: tuple[Filed, Path]) -> None:
    month = f"{clock.now():%Y-%m}"
    told = json.loads(run("taken", "--json").stdout)
    assert told == {
        "taken": 1,
        "months": [{"month": month, "by_clients": 0, "by_mail": 1, "taken": 1}],
    }
    assert run("taken").stdout.splitlines()[1].split() == [month, "0", "1"]


def test_parvis_show_is_a_look_that_its_client_is_told_of() -> None:
    one = answered()
    CliRunner().invoke(cli.main, ["show", one.number])
    [look] = accesses_to(one.application.id, most=2)
    assert (look.capacity, look.act) == (Capacity.HOUSE, Act.SEE_NOTES)

"""`parvis lines`: opened like a template, listed, staffed, closed; files checked line by line."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from parvis.casework.contacts.services import record
from parvis.casework.lines import selectors, services
from parvis.jobs import cli
from parvis.programs.support_lines import loader
from parvis.programs.support_lines.schema import Terms
from parvis.readers.support.counting import count
from tests.casework.contacts.telling import ANSWERED, call
from tests.casework.lines.opening import agent, opened, staff
from tests.filing import RECEIVED

pytestmark = pytest.mark.django_db
DATA = Path(loader.__file__).parent / "data"
NAMED = ("--name-en", "Ukraine crisis line", "--name-fr", "Ligne de crise pour l’Ukraine")


def run(*said: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli.main, ["lines", *said])
    assert done.exit_code == code, done.output
    return done


def test_a_new_house_has_its_two_lines() -> None:
    found = json.loads(run("list", "--json").stdout)
    assert [one["code"] for one in found] == ["general", "parliamentary"]
    assert found[0]["name"]["fr"] == "Centre de soutien à la clientèle"
    assert found[0]["holidays_known_until"] == "2030-12-31"
    assert "Client Support Centre" in run("list").stdout


def test_a_crisis_line_is_opened_staffed_shown_and_closed() -> None:
    agent("ada")
    reached = ("--email", "ukraine@example.org", "--phone", "+1 613 555 0199")
    done = run("open", "ukraine", "--like", "crisis", *NAMED, *reached, "--shown-in", "Europe/Kyiv")
    assert "/fr/lines/ukraine/" in done.stderr
    found = selectors.line("ukraine")
    assert found.terms.shown_in[0].key == "Europe/Kyiv"
    assert found.terms.channels.web_form
    run("staff", "general", "--agent", "ada@example.org")
    run("staff", "ukraine", "--agent", "ada@example.org", "--lend")
    shown = run("show", "ukraine").stdout
    assert "ada@example.org (lent)" in shown
    assert "monday-sunday 06:30-22:30" in shown
    told = json.loads(run("show", "ukraine", "--json").stdout)
    assert told["agents"] == [{"email": "ada@example.org", "languages": ["en", "fr"], "lent": True}]
    run("staff", "ukraine", "--agent", "ada@example.org", "--return")
    assert [one.email for one in selectors.agents_of(selectors.line("general"))]
    run("close", "ukraine")
    assert "archived" in run("list").stdout
    assert "closed" in run("show", "ukraine").stdout


def test_a_line_that_closed_is_told_as_it_was_day_by_day() -> None:
    opened(at=RECEIVED, about={"en": "At first.", "fr": "D’abord."})
    terms = selectors.line("ukraine").terms
    then = Terms.model_validate(terms.as_data() | {"script": {"en": "Hello.", "fr": "Bonjour."}})
    services.change_line(line="ukraine", terms=then, by=None, at=RECEIVED + timedelta(days=1))
    services.close_line(line="ukraine", by=None, at=RECEIVED + timedelta(days=3))
    since = RECEIVED + timedelta(days=2)
    assert "Nothing of it was counted" in run("show", "ukraine").stdout
    assert json.loads(run("show", "ukraine", "--json").stdout)["archive"]["report"] is None
    record(call("c1", ANSWERED, line="ukraine", since=since), source="acd", at=since)
    count(since)
    shown = run("show", "ukraine").stdout
    assert ("At first." in shown, "Bonjour." in shown) == (True, True)
    assert shown.splitlines()[-2:] == [
        "2024-01-14      1         1         0         0",
        "2024-01-15      0         0         0         0",
    ]
    told = json.loads(run("show", "ukraine", "--json").stdout)["archive"]
    assert [one["from"][:10] for one in told["terms"]] == ["2024-01-12", "2024-01-13"]
    assert told["terms"][0]["script"] == terms.as_data()["script"]
    report = told["report"]
    assert (report["from"], report["to"], report["answered"]) == ("2024-01-12", "2024-01-15", 1)
    assert json.loads(run("show", "general", "--json").stdout)["archive"] is None


def test_somebody_new_is_placed_with_their_languages() -> None:
    staff("zoe")
    refused = run("staff", "general", "--agent", "zoe@example.org", code=1)
    assert "--languages en,fr" in refused.stderr
    run("staff", "general", "--agent", "zoe@example.org", "--languages", "fr, en")
    assert selectors.agents()[0].languages == ("en", "fr")
    lacks = run("staff", "parliamentary", "--agent", "zoe@example.org", code=1)
    assert "needs: parliament" in lacks.stderr
    more = ("--languages", "en,fr", "--skills", "parliament")
    run("staff", "parliamentary", "--agent", "zoe@example.org", *more)


REFUSED = {
    "no such template": (("open", "x", "--like", "flood", *NAMED), "no template 'flood'"),
    "one name": (("open", "x", "--like", "crisis", "--name-en", "X"), "--name-fr"),
    "no code": (("open", "X Y", "--like", "crisis", *NAMED), "Choose a code"),
    "a code that is taken": (("open", "general", "--like", "crisis", *NAMED), "There is, or was"),
    "no number": (("open", "x", "--like", "crisis", *NAMED, "--phone", "1"), "country code"),
    "no zone": (("open", "x", "--like", "crisis", *NAMED, "--shown-in", "Moon"), "time zone"),
    "no way there": (("open", "x", "--like", "crisis", *NAMED, "--no-web-form"), "at least one"),
    "no such line": (("show", "moon"), "no line 'moon'"),
    "the general line": (("close", "general"), "never closed"),
    "nobody": (("staff", "general", "--agent", "x@example.org"), "nobody signs in"),
    "two acts": (("staff", "general", "--agent", "x@e.org", "--lend", "--return"), "one of"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_told_in_one_sentence(what: str) -> None:
    said, reason = REFUSED[what]
    refused = run(*said, code=1)
    assert reason in refused.stderr
    assert refused.stderr.startswith("parvis: ")


@pytest.mark.parametrize("name", ["general.yaml", "templates/crisis.yaml"])
def test_files_that_come_with_parvis_are_right(name: str) -> None:
    assert "is a" in run("check", str(DATA / name)).stderr


def test_a_file_is_checked_and_lines_are_opened_like_it(tmp_path: Path) -> None:
    said = yaml.safe_load((DATA / "templates" / "crisis.yaml").read_text())
    path = tmp_path / "flood.yaml"
    path.write_text(yaml.safe_dump(said | {"code": "flood"}, allow_unicode=True))
    run("open", "flood", "--like", str(path), *NAMED)
    path.write_text(yaml.safe_dump(said | {"hours": {"monday": ["8-5"]}, "skill": []}))
    wrong = run("check", str(path), code=1).stderr
    assert f"{path}:" in wrong
    assert "hours.monday" in wrong
    assert "did you mean skills?" in wrong
    assert (
        "nothing is opened like it"
        in run("open", "other", "--like", str(path), *NAMED, code=1).stderr
    )

"""`parvis keys`, `parvis webhooks` and `parvis cohorts`, as somebody types them."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from parvis.casework.cohorts.models import Cohort, Counted
from parvis.casework.webhooks.models import Delivery
from parvis.jobs.cli import main
from parvis.lib import clock
from tests.casework.keys.making import with_key
from tests.filing import OPEN, client, filed
from tests.web.serving import static_files  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def done(*words: str) -> str:
    found = typed(*words)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.mark.usefixtures("static_files")
def test_a_key_is_made_listed_and_revoked() -> None:
    number = filed(OPEN).number
    secret = done("keys", "add", "Case system", "--system", "case-system", "--days", "7").strip()
    assert with_key(secret).get(f"/api/applications/{number}").status_code == 200
    listed = done("keys", "list", "--json")
    assert secret not in listed
    [told] = json.loads(listed)
    assert (told["owner"], told["state"], told["acts"]) == ("case-system", "good", ["find", "see"])
    assert told["last_used_at"]
    assert "case-system" in done("keys", "list")
    done("keys", "revoke", str(told["id"]))
    assert with_key(secret).get(f"/api/applications/{number}").status_code == 401


@pytest.mark.parametrize(
    "words",
    [
        ("keys", "add", "x"),
        ("keys", "add", "x", "--system", "a", "--for", "b@example.org"),
        ("keys", "add", "x", "--for", "nobody@example.org"),
        ("keys", "add", "x", "--system", "Not A Code"),
        ("keys", "add", "x", "--system", "case", "--act", "answer"),
        ("keys", "add", "x", "--system", "case", "--act", "fly"),
        ("keys", "add", "x", "--system", "case", "--program", "nowhere"),
        ("keys", "revoke", "99"),
        ("webhooks", "add", "x", "https://example.org/"),
        ("webhooks", "add", "x", "ftp://example.org/", "--system", "case"),
        ("webhooks", "add", "x", "https://example.org/", "--system", "case", "--kind", "x"),
        ("webhooks", "stop", "99"),
        ("webhooks", "again", "99"),
        ("webhooks", "deliveries", "99"),
        ("cohorts", "open"),
        ("cohorts", "open", "--percent", "10", "--program", "study-permit"),
        ("cohorts", "open", "--program", "nowhere"),
        ("cohorts", "raise", "99", "--percent", "10"),
        ("cohorts", "stop", "99"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(words: tuple[str, ...]) -> None:
    found = typed(*words)
    assert found.exit_code == 1
    assert found.stderr.startswith("parvis: ")
    assert "Traceback" not in found.output


def test_a_webhook_is_made_listed_rotated_and_stopped() -> None:
    first = done("webhooks", "add", "Case", "https://example.org/x", "--system", "case").strip()
    [told] = json.loads(done("webhooks", "list", "--json"))
    assert (told["url"], told["owner"], told["waiting"]) == ("https://example.org/x", "case", 0)
    second = done("webhooks", "rotate", str(told["id"])).strip()
    assert first != second
    assert first.startswith("whsec_")
    delivery = Delivery.objects.create(
        subscription_id=told["id"],
        application=filed().pk,
        seq=1,
        kind="application.received",
        program="study-permit",
        at=clock.now(),
        due_at=clock.now(),
        state="given-up",
        ended_at=clock.now(),
        answer="timeout",
    )
    [line] = json.loads(done("webhooks", "deliveries", str(told["id"]), "--json"))
    assert (line["state"], line["answer"], line["due_at"]) == ("given-up", "timeout", None)
    done("webhooks", "again", str(delivery.pk))
    assert "waiting" in done("webhooks", "deliveries", str(told["id"]))
    done("webhooks", "stop", str(told["id"]))
    delivery.refresh_from_db()
    assert delivery.state == "withheld"
    assert typed("webhooks", "again", str(delivery.pk)).exit_code == 1


def test_the_door_is_opened_raised_and_stopped_and_both_are_compared(tmp_path: Path) -> None:
    _, ada = client("ada@example.org")
    done("cohorts", "open", "--percent", "2.5")
    cohort = Cohort.objects.get()
    assert cohort.share == 250
    done("cohorts", "raise", str(cohort.pk), "--percent", "100")
    assert json.loads(done("cohorts", "list", "--json"))[0]["clients"] == 1
    done("cohorts", "stop", str(cohort.pk))
    names = tmp_path / "clients"
    names.write_text(f"{ada}\n\n")
    done("cohorts", "open", "--clients", str(names))
    day = clock.now().astimezone(ZoneInfo("America/Toronto")).date().isoformat()
    table = tmp_path / "old.csv"
    table.write_text(f"door,day,sign_ins,enquiries,ratings,easy\nold,{day},100,7,10,4\n")
    done("cohorts", "count", str(table))
    told = json.loads(done("cohorts", "figures", "--json"))
    assert (told["clients"], told["inside"], told["open_to_everybody"]) == (1, 1, False)
    old = told["weeks"][-1]["old"]
    assert (old["sign_ins"], old["tasks"], old["satisfied"]) == (100, None, 0.4)
    assert "40%" in done("cohorts", "figures")


@pytest.mark.parametrize(
    "line",
    [
        "side,2024-01-01,1,1,1,1",
        "old,1 May,1,1,1,1",
        "old,2024-01-01,x,1,1,1",
        "old,2024-01-01,-1,1,1,1",
        "old,2024-01-01,1,1,1,2",
        "old,2024-01-01,,,,",
    ],
)
def test_a_table_that_is_wrong_is_refused_whole_with_its_line(tmp_path: Path, line: str) -> None:
    table = tmp_path / "old.csv"
    table.write_text(f"door,day,sign_ins,enquiries,ratings,easy\nold,2024-01-01,1,1,1,1\n{line}\n")
    found = typed("cohorts", "count", str(table))
    assert found.exit_code == 1
    assert "line 3" in found.stderr
    assert not Counted.objects.exists()

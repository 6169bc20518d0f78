"""What a browser keeps of us, and how a department's house is set."""

from pathlib import Path

import pytest
from django.test import Client as Browser

from tests.filing import PASSWORD, client
from tests.jobs.cli.test_main import parvis
from tests.web.serving import static_files  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def test_a_session_is_no_script_s_and_no_other_site_s() -> None:
    client("ada@example.org")
    browser = Browser()
    browser.post("/en/sign-in/", {"login": "ada@example.org", "password": PASSWORD})
    kept = browser.cookies["sessionid"]
    assert (kept["httponly"], kept["samesite"]) == (True, "Lax")
    browser.get("/en/sign-out/")
    assert browser.cookies["csrftoken"]["samesite"] == "Lax"


def test_in_production_nothing_goes_over_plain_http(tmp_path: Path) -> None:
    done = parvis(
        "manage",
        "diffsettings",
        PARVIS_HOME=str(tmp_path),
        DATABASE_URL="postgresql:///d",
        PARVIS_PRODUCTION="1",
        PARVIS_SECRET_KEY="k" * 40 + "0123456789",
        PARVIS_ANCHOR_KEY="a" * 40,
        PARVIS_ALLOWED_HOSTS="parvis.example",
    )
    settings = dict(line.split(" = ", 1) for line in done.stdout.splitlines() if " = " in line)
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert settings[name].startswith("True"), name
    assert int(settings["SECURE_HSTS_SECONDS"].split()[0]) >= 31_536_000

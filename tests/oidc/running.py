"""The sign-in service of the tests: started, asked through, and told how to behave."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import override_settings

from benchmarks.served import free_port
from parvis.config.environment import SignInService
from parvis.config.sign_in import sign_in_services

TOP = Path(__file__).parents[2]
ADA = {"email": "ada@example.org", "email_verified": True}
OFFICER = {
    "email": "officer@example.org",
    "email_verified": True,
    "parvis_role": "officer",
    "amr": ["pwd", "otp"],
}


class Provider:
    """A running sign-in service."""

    def __init__(self, home: Path, port: int) -> None:
        self._home = home
        self.url = f"http://127.0.0.1:{port}"

    def behaves(self, claims: dict[str, Any], *, who: str = "somebody", **mood: Any) -> None:
        """Have it say this of `who` from now on, and behave so."""
        told = {"who": who, "claims": claims, **mood}
        aside = self._home / "mood.aside"
        aside.write_text(json.dumps(told))
        aside.rename(self._home / "mood.json")


@contextmanager
def running(home: Path, site: str) -> Iterator[Provider]:
    """Run a sign-in service for a site, and have the site know it as both of its services."""
    port = free_port()
    provider = Provider(home, port)
    provider.behaves(ADA)
    back = [f"{site}/sign-in/by/{id_}/back/" for id_ in ("public", "staff")]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.oidc.provider", str(home), str(port), *back], cwd=TOP
    )
    try:
        while not (home / "ready").exists():
            assert process.poll() is None
            time.sleep(0.05)
        service = SignInService(
            issuer=provider.url,
            client_id="parvis",
            client_secret="a secret of the test",  # noqa: S106 - of nobody
            name="GCKey",
        )
        environment = replace(settings.ENVIRONMENT, sign_in=service, staff_sign_in=service)
        services = sign_in_services(environment)
        # Patient beyond the house's own: a test machine may be busy with others.
        with override_settings(SOCIALACCOUNT_PROVIDERS=services, SOCIALACCOUNT_REQUESTS_TIMEOUT=15):
            yield provider
    finally:
        process.terminate()
        process.wait()

"""Killed at any moment: what we acknowledged is there, and nothing else was."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from parvis.casework.applications.models import Application
from parvis.casework.documents.selectors import content_of, sent
from parvis.casework.documents.services import answer_request, keep, look_at
from parvis.casework.events import log
from tests.filing import ASK, OPEN, RECEIVED, client, filed
from tests.sending import opened, pdf

pytestmark = pytest.mark.usefixtures("committed", "disk")
AT = RECEIVED + timedelta(days=10)

ANSWER = """
import os, signal, sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

import django
from django.conf import settings

django.setup()
name, folder, moment, application, by, at, content = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = name
from parvis.casework.applications import services as applications
from parvis.casework.documents import services
from parvis.casework.people.models import User
from parvis.channels.storage.disk import Disk

settings.DOCUMENT_STORE = Disk(Path(folder))

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

if moment == "while it is written":
    os.fsync = die
elif moment == "before the fact":
    services.answer_request = die
elif moment == "before the end of the act":
    receive = applications.receive_answer
    def receive_and_die(**kwargs):
        receive(**kwargs)
        die()
    applications.receive_answer = receive_and_die
kept = services.keep(BytesIO(content.encode()))
services.answer_request(
    application=int(application), document="police-certificate", files=[kept],
    by=User.objects.get(pk=int(by.removeprefix("user:"))),
    at=datetime.fromisoformat(at),
)
if moment == "after the end of the act":
    die()
"""


def killed(moment: str, folder: Path, application: int, by: str) -> None:
    """Answer in a process of its own, which is killed at that moment."""
    done = subprocess.run(
        [
            *(sys.executable, "-c", ANSWER, connection.settings_dict["NAME"], str(folder), moment),
            *(str(application), by, AT.isoformat(), pdf().decode()),
        ],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "parvis.config.settings"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize(
    "moment", ["while it is written", "before the fact", "before the end of the act"]
)
def test_an_answer_killed_before_its_end_leaves_no_fact_and_can_be_sent_again(
    moment: str, disk: Path
) -> None:
    user, subject = client("ada@example.org")
    file = filed(OPEN, ASK, client=subject)
    before = log.history(file.pk)
    killed(moment, disk, file.pk, user.ref)
    assert log.history(file.pk) == before
    assert sent(file.pk) == []
    done = answer_request(
        application=file.pk,
        document="police-certificate",
        files=[keep(opened(pdf()))],
        by=user,
        at=AT,
    )
    assert not done.again
    with content_of(sent(file.pk)[0]) as content:
        assert content.read() == pdf()


def test_an_answer_killed_after_its_end_is_there_and_sent_again_is_the_same(disk: Path) -> None:
    user, subject = client("ada@example.org")
    file = filed(OPEN, ASK, client=subject)
    killed("after the end of the act", disk, file.pk, user.ref)
    [one] = sent(file.pk)
    with content_of(one) as content:
        assert content.read() == pdf()
    done = answer_request(
        application=file.pk,
        document="police-certificate",
        files=[keep(opened(pdf()))],
        by=user,
        at=AT,
    )
    assert done.again
    assert len(sent(file.pk)) == 1


def test_of_two_clicks_at_once_one_is_the_answer() -> None:
    user, subject = client("ada@example.org")
    file = filed(OPEN, ASK, client=subject)
    keep(opened(pdf()))

    def click(_: int) -> bool:
        try:
            return answer_request(
                application=file.pk,
                document="police-certificate",
                files=[look_at(opened(pdf()))],
                by=user,
                at=AT,
            ).again
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(click, range(4))) == [False, True, True, True]
    assert Application.objects.get(pk=file.pk).state.requests[0].answered_at == AT
    assert len(sent(file.pk)) == 1

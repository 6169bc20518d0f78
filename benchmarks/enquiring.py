"""The support centre: mail from a real mailbox, the form, and agents who all ask for the next."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.house import House, summary
from benchmarks.results import Result, result
from benchmarks.served import Served
from benchmarks.timing import TOP, ProgramFailed
from tests.mailing import deliver, mailbox

_PATIENCE_S = 300
_SAYS = (
    "Hello, where is my file? I applied in September and have heard nothing since.",
    "Bonjour, j’ai envoyé mon certificat de police. L’avez-vous reçu?",
    "How do I tell you my new address? I moved to Halifax last week.",
    "Quand aurai-je mon rendez-vous pour les données biométriques?",
)


def run(
    *,
    mails: int = 8_000,
    agents: int = 100,
    capacity: int = 20,
    pause_s: float = 2,
    seconds: float = 60,
) -> Iterator[Result]:
    """Yield how fast mail becomes conversations and the form is taken, how fast the next is given;
    and what was lost or doubled on the way."""
    with House() as house, tempfile.TemporaryDirectory() as place:
        hired = summary(house.run("benchmarks.enquired", "agents", str(agents), str(capacity)))
        with mailbox(Path(place)) as (inbox, folder):
            where = (inbox.host, str(inbox.port))
            deliver(folder, *(_mail(n) for n in range(mails)))
            began = time.perf_counter()
            house.run("benchmarks.enquired", "take", *where)
            seconds = time.perf_counter() - began
            deliver(folder, *(_mail(n) for n in range(mails, 2 * mails)))
            _killed_on_the_way(house, where, until=mails * 3 // 2)
            house.run("benchmarks.enquired", "take", *where)
        messages, conversations = _kept(house)
        with Served(house) as served:
            asked = {"port": served.port, "emails": hired["agents"], "pause_s": pause_s}
            given = _at_the_doors(house, "next", asked)
            written = _at_the_doors(house, "write", {"port": served.port, "seconds": seconds})
        wrote = _kept(house)[0] - messages
    yield result("enquiries.mail-rate", mails / seconds, "mails/s")
    yield result("enquiries.lost", 2 * mails - messages, "mails", baseline=2 * mails)
    yield result("enquiries.twice", conversations - 2 * mails, "conversations")
    p50, p99 = np.percentile(given["took"], [50, 99]).tolist()
    yield result("enquiries.given-p50", p50, "ms")
    yield result("enquiries.given-p99", p99, "ms")
    twice = len(given["given"]) - len(set(given["given"]))
    yield result("enquiries.given-twice", twice, "enquiries", baseline=len(given["given"]))
    yield result("enquiries.form-rate", written["rate"], "enquiries/s")
    told = len(set(written["told"]))
    yield result("enquiries.form-lost", told - wrote, "enquiries", baseline=len(written["told"]))


def _at_the_doors(house: House, what: str, plan: dict[str, Any]) -> dict[str, Any]:
    written = house.home / f"{what}.json"
    written.write_text(json.dumps(plan))
    return summary(house.run("benchmarks.support_doors", what, written))


def _mail(n: int) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"client{n}@example.net"
    mail["To"] = "enquiries@example.org"
    mail["Subject"] = f"My application {n}"
    mail["Message-ID"] = f"<{n}@example.net>"
    mail.set_content(f"{_SAYS[n % len(_SAYS)]}\n\nClient {n}\n")
    return mail.as_bytes()


def _kept(house: House) -> tuple[int, int]:
    with house.session() as session:
        row = session.execute(
            "SELECT (SELECT count(*) FROM enquiries_message),"
            " (SELECT count(*) FROM enquiries_conversation)"
        ).fetchone()
    messages, conversations = row or (0, 0)
    return int(messages), int(conversations)


def _killed_on_the_way(house: House, where: tuple[str, str], *, until: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.enquired", "take", *where],
        cwd=TOP,
        env=house.environment,
        stdout=subprocess.DEVNULL,
    )
    ends = time.monotonic() + _PATIENCE_S
    try:
        while _kept(house)[0] < until and process.poll() is None:
            if time.monotonic() > ends:
                raise ProgramFailed("mail is not taken in")
            time.sleep(0.05)
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()

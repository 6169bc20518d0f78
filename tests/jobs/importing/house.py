"""A house that the command line is used in, from outside, as a person or a night's job would."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

Done = subprocess.CompletedProcess[str]
KEYS = ("cases", "facts", "added", "unchanged", "rejected", "rejected_file", "seconds", "broken")
_HELD = (
    "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
    " WHERE locktype = 'advisory' AND granted AND d.datname = current_database()"
)

# What the log and the rows hold, whatever the subjects' ids and whenever we learned it.
FACTS = """
SELECT a.program, a.source_number, e.seq, e.at, e.kind, e.version, e.by, e.payload::text
FROM events_event e JOIN applications_application a ON a.id = e.subject_id ORDER BY 1, 2, 3
"""
ROWS = """
SELECT program, source_number, received_at, last_fact_at, closed_at, status, office, rest::text,
    source_digest, facts
FROM applications_application a JOIN events_subject s USING (id) ORDER BY 1, 2
"""


def started(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    """Start a command."""
    return subprocess.Popen(
        [sys.executable, "-m", "parvis", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def parvis(*arguments: str, **environment: str) -> Done:
    """Run a command to its end."""
    process = started(*arguments, **environment)
    out, err = process.communicate(timeout=120)
    return Done(process.args, process.returncode, out, err)


@dataclass(frozen=True)
class House:
    """A database, and a home for everything else."""

    url: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a command must know to be in this house."""
        return {"PARVIS_HOME": str(self.home), "DATABASE_URL": self.url}

    def run(self, *arguments: str) -> Done:
        """Run a command in this house."""
        return parvis(*arguments, **self.environment)

    def start(self, file: Path, program: str, *more: str) -> "subprocess.Popen[str]":
        """Start an import."""
        arguments = ("import", str(file), "--program", program, "--json", *more)
        return started(*arguments, **self.environment)

    def take(self, file: Path, program: str, *more: str, code: int = 0) -> dict[str, Any]:
        """Import a file; return its summary, which alone is on stdout."""
        done = self.run("import", str(file), "--program", program, "--json", *more)
        assert done.returncode == code, done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        assert tuple(summary) == KEYS
        assert done.stdout.count("\n") == 1
        return summary

    def ask(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what the database answers."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(question, values).fetchall()  # type: ignore[arg-type]

    def number(self, question: str) -> int:
        """Return the one number that the database answers."""
        [(found,)] = self.ask(question)
        return int(found)

    def facts(self) -> int:
        """Return how many facts the log holds."""
        return self.number("SELECT count(*) FROM events_event")

    def content(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Return what the log and the rows say, whatever the ids."""
        return self.ask(FACTS), self.ask(ROWS)

    def is_importing(self) -> bool:
        """Tell whether somebody holds the lock of an import."""
        return self.number(_HELD) > 0

    def until(self, process: "subprocess.Popen[str]", question: str, least: int) -> bool:
        """Return whether the database's number reached `least` before the process ended."""
        while process.poll() is None:
            if self.number(question) >= least:
                return True
        return False

    def is_sound(self) -> None:
        """See that the log holds, and the files with it."""
        verified = self.run("log", "verify", "--json")
        assert json.loads(verified.stdout)["findings"] == []
        assert verified.returncode == 0
        compared = self.run("log", "replay", "--check")
        assert compared.returncode == 0, compared.stdout


def counted(summary: dict[str, Any]) -> tuple[int, int, int, int, int]:
    """Return a summary's numbers: cases, facts, added, unchanged, rejected."""
    cases, facts, added, unchanged, rejected, *_ = summary.values()
    return cases, facts, added, unchanged, rejected

"""The rules: whole results a second, what would change them, and old against new for a million."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.results import Result, result
from benchmarks.timing import middle, timed
from parvis.engines.rules.answers import Asked, read_answers
from parvis.engines.rules.changes import changes
from parvis.engines.rules.findings import assess
from parvis.engines.rules.people import make_people, person
from parvis.engines.rules.rules import Answers
from parvis.engines.rules.telling import plain
from parvis.programs.rules.loader import SHIPPED, assessment, load_assessment

_ON = date(2026, 1, 1)
_PARVIS = Path(sys.executable).with_name("parvis")
_ENOUGH = 0.99


def run(
    *, people: int = 20_000, changed: int = 500, listed: int = 5_000, compared: int = 1_000_000
) -> Iterator[Result]:
    """Yield how fast the CRS is asked of made-up people, each another, on one core."""
    said = _people(people)
    yield from _results(said)
    yield from _changes(said[:changed])
    yield from _commands(said[:listed], compared)


def _people(count: int) -> list[dict[str, Any]]:
    rules = assessment("crs").on(_ON)
    made = make_people(rules, count, _ON, np.random.default_rng(11))
    return [_as_sent(person(made, nth, rules)) for nth in range(count)]


def _as_sent(answers: Answers) -> dict[str, Any]:
    return {name: plain(value) for name, value in answers.items()}


def _asked(said: dict[str, Any]) -> Asked:
    return read_answers(assessment("crs"), said, today=_ON, on=_ON)


def _results(said: Sequence[dict[str, Any]]) -> Iterator[Result]:
    """Time whole results, from answers as they are sent to findings in both languages."""
    fresh = load_assessment(SHIPPED / "crs.yaml")
    began = time.perf_counter()
    assess(fresh, read_answers(fresh, said[0], today=_ON, on=_ON))
    first = time.perf_counter() - began
    began = time.perf_counter()
    for one in said:
        assess(assessment("crs"), _asked(one))
    yield result("rules.full", len(said) / (time.perf_counter() - began), "results/s")
    yield result("rules.first", first * 1e3, "ms")


def _changes(said: Sequence[dict[str, Any]]) -> Iterator[Result]:
    """Time what would change a result: before anything is remembered, and after."""
    took = []
    for one in said:
        asked = _asked(one)
        began = time.perf_counter()
        changes(asked)
        took.append((time.perf_counter() - began) * 1e3)
    yield result("rules.changes-p50", middle(took), "ms")
    yield result("rules.changes-p99", float(np.quantile(took, _ENOUGH)), "ms")
    yield result("rules.changes-slowest", max(took), "ms")


def _commands(said: Sequence[dict[str, Any]], compared: int) -> Iterator[Result]:
    """Time the commands from outside, start and end included."""
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as scratch:
        file = Path(scratch) / "people.json"
        file.write_text(json.dumps(said))
        command = [_PARVIS, "assess", "crs", file, "--json", "--on", str(_ON)]
        done = timed(command, environment=os.environ)
        if len(json.loads(done.printed)) != len(said):
            raise RuntimeError("not everybody has a result")
        yield result("rules.list", len(said) / done.seconds, "results/s")
    diff = [_PARVIS, "rules", "diff", "crs@2025-03-24", "crs@2025-03-25", "--json"]
    done = timed([*diff, "--people", str(compared)], environment=os.environ)
    told = json.loads(done.printed)
    if (told["people"], told["gain"]) != (compared, 0) or not told["lose"]:
        raise RuntimeError("what ended on 25 March 2025 is not found")
    yield result("rules.diff", done.seconds, f"s for {compared:,} people")
    yield result("rules.diff-memory", done.peak_bytes / 2**20, "MB")

"""A job that writes down when it began and ended, for tests of whoever carries jobs out."""

import os
import sys
import time
from pathlib import Path

from parvis.jobs.cli.house import open_house

EXAMPLE = "tests.example"


def _example(facts: list[list[int]], word: str = "") -> None:
    if "EXAMPLE" not in os.environ:
        return
    done = Path(os.environ["EXAMPLE"])
    with done.open("a") as file:
        file.write(f"began {word}\n")
    time.sleep({"slow": 0.1 if "QUICK" in os.environ else 60, "much": 0.2}.get(word, 0))
    with done.open("a") as file:
        file.write(f"ended {word}\n")


def _run(command: str, *words: str) -> None:
    """Defer the job with each of these words, work on queues, or rescue a job and do it."""
    from parvis.casework.events.later import Queue, later  # noqa: PLC0415 - in an open house
    from parvis.jobs.working import work  # noqa: PLC0415

    if command == "defer":
        queue = Queue.BULK if words[0] == "much" else Queue.URGENT
        later().defer(EXAMPLE, [{"facts": [], "word": word} for word in words], queue=queue)
    elif command == "defer-once":
        told = [{"facts": [], "word": word} for word in words]
        later().defer(EXAMPLE, told, lock=EXAMPLE, unless_waiting=True)
    elif command == "work":
        work([Queue(word) for word in words])
    else:
        later().defer("house.rescue", [{"timestamp": 0}])
        work([Queue.HOUSE], wait=False)
        work([Queue.URGENT], wait=False)


if __name__ == "__main__":
    open_house()

from procrastinate.contrib.django import app  # noqa: E402 - Django is set up by now

app.task(name=EXAMPLE, queue="urgent")(_example)

if __name__ == "__main__":
    _run(*sys.argv[1:])

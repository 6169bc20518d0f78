"""Fills a house with what software is to be told of, as a program of that house.

`fill N URL…` makes a subscription for each address and opens N files of five facts; `rescue` takes
up jobs whose worker was killed.
"""

import json
import sys
from datetime import timedelta

from parvis.jobs.cli.house import open_house

open_house()

from parvis.casework.applications import facts  # noqa: E402 - Django is set up by now
from parvis.casework.applications.histories import open_files  # noqa: E402
from parvis.casework.events.later import Queue, later  # noqa: E402
from parvis.casework.keys.services import system  # noqa: E402
from parvis.casework.webhooks.services import subscribe  # noqa: E402
from parvis.jobs.working import work  # noqa: E402
from parvis.lib import clock  # noqa: E402
from parvis.programs.vocabulary import Outcome  # noqa: E402

_HISTORY = (
    facts.Received(program="study-permit"),
    facts.Acknowledged(),
    facts.SectionOpened(section="background"),
    facts.SectionCompleted(section="background"),
    facts.Decided(outcome=Outcome.APPROVED),
)


def fill(files: int, urls: list[str]) -> dict[str, str]:
    """Subscribe each address and open the files; return each address's secret."""
    began = clock.now() - timedelta(hours=1)
    secrets = {}
    for nth, url in enumerate(urls):
        told = subscribe(
            owner=system(code=f"receiver-{nth}", at=began),
            name="Receiver",
            url=url,
            kinds=None,
            programs=None,
            by=None,
            at=began,
        )
        secrets[url] = told.secret
    history = [(began + timedelta(minutes=nth), fact) for nth, fact in enumerate(_HISTORY, 1)]
    open_files(histories=[history] * files, by="benchmark")
    return secrets


def rescue() -> None:
    """Give back the jobs of workers that have not been heard of for half a minute."""
    later().defer("house.rescue", [{"timestamp": 0}])
    work([Queue.HOUSE], wait=False)


if __name__ == "__main__":
    command, *words = sys.argv[1:]
    if command == "fill":
        print(json.dumps(fill(int(words[0]), words[1:])))
    else:
        rescue()

"""What a worker of the pages gets ready by itself, so that no visitor waits for it.

The modules of the pages are imported, and the rules of self-assessment read from their files and
asked for the first time, beside the pages: that takes some seconds, in which they are served all
the same.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from threading import Thread

import numpy as np
from django.urls import reverse
from django.utils.translation import override

from parvis.engines.rules.answers import Asked
from parvis.engines.rules.changes import changes
from parvis.engines.rules.findings import assess
from parvis.engines.rules.people import make_people, person
from parvis.engines.rules.refusals import AnswersRefused
from parvis.engines.rules.rules import Answers, Assessment, NoRulesYet
from parvis.engines.rules.trials import trials
from parvis.lib import clock
from parvis.lib.dates import department_day
from parvis.lib.text import LANGUAGES
from parvis.programs.rules.finder import asker, finder
from parvis.programs.rules.loader import assessment, codes

_FIRST = "purpose"
"""The question that comes first, whose answers lead to all others."""
_PEOPLE = 6
_BREATH_S = 0.02
"""A page that waits meanwhile comes in between."""
_AGAIN_S = 30 * 60
_AHEAD = timedelta(hours=1)


def keep_warm() -> None:
    """Get the rules of today ready in a thread of its own, and those of each day to come."""
    Thread(target=stay_warm, name="keep-warm", daemon=True).start()


def stay_warm() -> None:
    """Get the rules of today ready, and an hour before midnight those of tomorrow, without end."""
    for language in LANGUAGES:
        with override(language):
            reverse("home")  # every address is looked up, and so every page imported
    while True:
        now = clock.now()
        for on in dict.fromkeys((department_day(now), department_day(now + _AHEAD))):
            with suppress(NoRulesYet):
                for _ in warm(on):
                    time.sleep(_BREATH_S)
        time.sleep(_AGAIN_S)


def warm(on: date) -> Iterator[None]:
    """Get the rules of a day ready, step by step: what was ready before takes no time."""
    for code in codes():
        assessment(code)
        yield
    yield from _first_questions(on)
    for code in codes():
        asker(code, on)
        for answers in _somebody(assessment(code), on):
            asked = Asked(assessment(code).on(on), answers, on)
            with suppress(AnswersRefused):
                assess(assessment(code), asked)
            changes(asked)
            yield


def _first_questions(on: date) -> Iterator[None]:
    found = finder(on)
    yield
    found.asker.next({})
    for answer in trials(found.asker.house.rules.values(), _FIRST, on):
        found.asker.next({_FIRST: answer})
        found.all_of({_FIRST: answer})
        yield


def _somebody(asked: Assessment, on: date) -> Iterator[Answers]:
    """Yield answers of some made-up people, the same each time."""
    rules = asked.on(on)
    people = make_people(rules, _PEOPLE, on, np.random.default_rng(1))
    yield {}
    yield from (person(people, nth, rules) for nth in range(_PEOPLE))

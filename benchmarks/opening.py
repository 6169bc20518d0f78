"""Open files as a page does, with who may see them asked and without: `python -m benchmarks.opening
COUNT SEED`, in a house that `clients` filled.

Prints, as JSON, the median milliseconds of finding a file by its number for nobody, for its client
and for a representative, of opening it for the latter, which is written down, and of the whole page
of each. Nothing is sent over a wire.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import numpy as np

from parvis.jobs.cli.house import open_house

_HOLDER = "holder@example.org"
_WARM_UP = 20
_MILLISECONDS = 1_000


def hold_all() -> Any:
    """Return somebody to whom every client gave a mandate; one where there is one already."""
    from parvis.casework.applications.mandating import give_mandate  # noqa: PLC0415
    from parvis.casework.mandates.services import accept_mandate  # noqa: PLC0415
    from parvis.casework.mandates.status import MAY_BE_FOR, MandateKind  # noqa: PLC0415
    from parvis.casework.mandates.terms import Terms  # noqa: PLC0415
    from parvis.casework.people.models import Client, User  # noqa: PLC0415
    from parvis.casework.people.services import add_user  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415

    if there := User.objects.filter(email=_HOLDER).first():
        return there
    at = clock.now() - timedelta(days=1)
    holder = add_user(email=_HOLDER, password="a-plain-benchmark-password", at=at)  # noqa: S106
    kind = MandateKind.REPRESENTATIVE
    for client in Client.objects.exclude(user=None).select_related("user"):
        terms = Terms(kind, _HOLDER, MAY_BE_FOR[kind], None, at, None)
        given = give_mandate(terms=terms, by=client.user, at=at)
        accept_mandate(mandate=given.id, by=holder, at=at)
    return holder


def main(count: int, seed: int) -> dict[str, float]:
    """Open files chosen by chance, each in every way right after the other."""
    from django.contrib.auth import get_user  # noqa: F401, PLC0415 - loads what a page needs
    from django.test import Client as Browser  # noqa: PLC0415

    from parvis.casework.applications.models import Application  # noqa: PLC0415
    from parvis.casework.applications.opening import open_file  # noqa: PLC0415
    from parvis.casework.applications.selectors import (  # noqa: PLC0415
        files_numbered,
        files_seen_by,
    )
    from parvis.casework.people.models import User  # noqa: PLC0415
    from parvis.lib import clock  # noqa: PLC0415
    from parvis.lib.references import application_number  # noqa: PLC0415

    holder = hold_all()
    users = {one.pk: one for one in User.objects.all()}
    browsers = {pk: Browser(headers={"host": "localhost"}) for pk in users}
    for pk, browser in browsers.items():
        browser.force_login(users[pk])
    files = list(Application.objects.order_by("id").values_list("id", "client__user"))
    chance = np.random.default_rng(seed)
    took: dict[str, list[float]] = {}

    def timed(name: str, act: Callable[[], Any]) -> None:
        began = time.perf_counter()
        act()
        took.setdefault(name, []).append((time.perf_counter() - began) * _MILLISECONDS)

    def shown(browser: Browser, page: str) -> None:
        answer = browser.get(page)
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"{page} answered {answer.status_code}")

    gc.freeze()
    for n in chance.integers(0, len(files), _WARM_UP + count):
        id_, client = files[n]
        number, now = application_number(id_), clock.now()
        ways: dict[str, Callable[[], Any]] = {
            "bare": partial(files_numbered, number),
            "client": partial(files_seen_by, users[client], number, now=now),
            "holder": partial(files_seen_by, holder, number, now=now),
            "written": partial(open_file, number=number, by=holder, at=now),
        }
        # In any order: whatever comes right after a page takes longer.
        for name in chance.permutation(list(ways)):
            timed(name, ways[name])
        page = f"/en/applications/{number}/"
        timed("client-page", partial(shown, browsers[client], page))
        timed("holder-page", partial(shown, browsers[holder.pk], page))
    return {name: float(np.median(some[_WARM_UP:])) for name, some in took.items()}


if __name__ == "__main__":
    open_house()
    print(json.dumps(main(*map(int, sys.argv[1:]))))

"""Files as they stood at a moment gone by, made from what had happened by then."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from parvis.casework.applications.models import Application
from parvis.casework.applications.state import State, fold
from parvis.casework.events import log

_BATCH = 2_000


def waiting_at(moment: datetime) -> Iterator[State]:
    """Yield the states, then, of the files that had been received and were not closed.

    As we know it today: what was recorded later and had happened before counts.
    """
    # One that had closed for good by then says so in its row, and costs no look at its facts.
    perhaps = Application.objects.filter(received_at__lte=moment).filter(
        Q(closed_at=None) | Q(closed_at__gt=moment)
    )
    ids = list(perhaps.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), _BATCH):
        for _, recorded in log.histories(ids[start : start + _BATCH]):
            state = fold((one.at, one.fact) for one in recorded if one.at <= moment)
            if state is not None and state.closed_at is None:
                yield state

"""Rebuild the files' rows from the log, or see whether they say the same."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from parvis.casework.applications.facts import AdultAdded, AdultRemoved, Received
from parvis.casework.applications.models import Adult, Application
from parvis.casework.applications.rows import copy_new
from parvis.casework.applications.state import State, fold
from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind

_BATCH = 2_000


def differences() -> Iterator[tuple[int, list[str]]]:
    """Yield, a batch at a time, how many files were looked at and which are not as the log says."""
    files, after = Application.objects.order_by("id"), 0
    for ids in log.subjects(SubjectKind.APPLICATION, _BATCH):
        rows = {row.id: row for row in files.filter(id__gt=after, id__lte=ids[-1])}
        kept = _adults(after, ids[-1])
        after = ids[-1]
        wrong = []
        for id_, number, state, adults in _states(ids):
            row = rows.pop(id_, None)
            if row is None:
                wrong.append(f"{Application(id=id_).number}: in the log, and not among the files")
            elif not _says(row, number, state) or kept.get(id_, set()) != set(adults):
                wrong.append(f"{row.number}: not as the log says")
        wrong += [_not_in_the_log(row) for row in rows.values()]
        yield len(ids), wrong
    yield 0, [_not_in_the_log(row) for row in files.filter(id__gt=after).iterator()]


def replay() -> Iterator[int]:
    """Forget all files and make them again from the log; yield how many, a batch at a time.

    One transaction, around the whole of what is yielded: left before its end, nothing has changed.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE applications_application, applications_adult")
        for ids in log.subjects(SubjectKind.APPLICATION, _BATCH):
            # All of a batch is read before the first is written: one connection does both.
            found = list(_states(ids))
            copy_new([(id_, number, None, state) for id_, number, state, _ in found])
            Adult.objects.bulk_create(
                Adult(application=id_, client_id=one) for id_, *_, adults in found for one in adults
            )
            yield len(ids)


def _says(row: Application, number: str | None, state: State) -> bool:
    try:
        return row.state == state and row.source_number == number
    except (ValueError, TypeError):  # what the row keeps is no state
        return False


def _not_in_the_log(row: Application) -> str:
    return f"{row.number}: among the files, and not in the log"


def _adults(after: int, last: int) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in Adult.objects.filter(application__gt=after, application__lte=last):
        found.setdefault(row.application, set()).add(row.client_id)
    return found


def _states(ids: list[int]) -> Iterator[tuple[int, str | None, State, list[int]]]:
    """Yield each file among these subjects: its id, number, state, and the adults on it."""
    for id_, recorded in log.histories(ids):
        state = fold((one.at, one.fact) for one in recorded)
        if state is not None:
            number = next(
                (one.fact.number for one in recorded if isinstance(one.fact, Received)), None
            )
            yield id_, number, state, _adults_told(one.fact for one in recorded)


def _adults_told(history: Iterable[Fact]) -> list[int]:
    """Return the adults who are on a file by what its facts say."""
    on_it: list[int] = []
    for fact in history:
        if isinstance(fact, AdultAdded):
            on_it.append(fact.client)
        elif isinstance(fact, AdultRemoved) and fact.client in on_it:
            on_it.remove(fact.client)
    return on_it

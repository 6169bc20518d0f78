"""Deferring jobs into the database, where workers find them (casework/events/later)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from parvis.casework.events.later import Queue, Told


class InDatabase:
    """Keeps jobs in the house's database by procrastinate, so that they go with the transaction."""

    def defer(  # noqa: PLR0913 - as the port has it
        self,
        job: str,
        told: Sequence[Mapping[str, Told]],
        *,
        queue: Queue | None = None,
        after: timedelta | None = None,
        lock: str | None = None,
        unless_waiting: bool = False,
    ) -> None:
        """Have a job done once for each of `told`, in its own queue unless another is named."""
        from procrastinate.contrib.django import app  # noqa: PLC0415 - settings are read before

        if not told:
            return
        jobs: list[Any] = [dict(one) for one in told]
        app.perform_import_paths()  # type: ignore[no-untyped-call]  # theirs
        deferrer = configure_task(
            name=job,
            # Django's own connection, in a worker too: what is deferred goes with the transaction.
            job_manager=JobManager(DjangoConnector()),
            queue=str(queue or app.tasks[job].queue),
            lock=lock,
            queueing_lock=job if unless_waiting else None,
            # By the machine's clock, which workers go by; the department's may be another.
            schedule_in=None
            if after is None
            else {"seconds": max(0, round(after.total_seconds()))},
        )
        if not unless_waiting:
            deferrer.batch_defer(*jobs)
            return
        # What is refused is undone by itself, and the rest of the transaction at hand stands.
        with suppress(AlreadyEnqueued), transaction.atomic():
            deferrer.batch_defer(*jobs)

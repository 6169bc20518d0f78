"""Telling clients: noting what is to be told, sending it, reminding, taking back what returns."""

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from parvis.casework.events.later import Queue
from parvis.casework.notices.news import NOTE
from parvis.casework.notices.noting import SEND, note
from parvis.casework.notices.proving import SEND_CODE, send_code
from parvis.casework.notices.reminding import remind
from parvis.casework.notices.returning import take_back
from parvis.casework.notices.sending import send_all
from parvis.lib import clock

_TRIED = RetryStrategy(max_attempts=20, wait=5, linear_wait=30)


@app.task(name=NOTE, queue=Queue.URGENT, retry=_TRIED)
def note_facts(facts: list[list[int]]) -> None:
    """Note what clients are to be told of these facts."""
    note([(subject, seq) for subject, seq in facts], at=clock.now())


@app.task(name=SEND, queue=Queue.URGENT)
def send(urgent: bool) -> None:
    """Send what is ready. What fails is tried again by the sweeps, not by this job."""
    send_all(urgent=urgent, now=clock.now)


@app.task(name=SEND_CODE, queue=Queue.URGENT, retry=RetryStrategy(max_attempts=3, wait=5))
def code(user: int) -> None:
    """Send the code that proves a telephone number."""
    send_code(user=user, at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="notices.sweep-urgent", queue=Queue.URGENT, queueing_lock="notices.sweep-urgent")
def sweep_urgent(timestamp: int) -> None:
    """Send what is urgent and has become ready: after quiet hours, or a try that failed."""
    send_all(urgent=True, now=clock.now)


@app.periodic(cron="* * * * *")
@app.task(name="notices.sweep", queue=Queue.BULK, queueing_lock="notices.sweep")
def sweep(timestamp: int) -> None:
    """Send what else has become ready."""
    send_all(urgent=False, now=clock.now)


@app.periodic(cron="7 * * * *")
@app.task(name="notices.remind", queue=Queue.HOUSE, queueing_lock="notices.remind")
def remind_clients(timestamp: int) -> None:
    """Remind clients of what they have not answered."""
    remind(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="notices.fetch", queue=Queue.HOUSE, queueing_lock="notices.fetch")
def fetch(timestamp: int) -> None:
    """Act on what came back to the department's mailbox."""
    inbox = settings.OUTSIDE.inbox
    if inbox is not None:
        inbox.empty(lambda mails: take_back(mails, at=clock.now()))

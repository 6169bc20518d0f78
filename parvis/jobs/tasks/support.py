"""Counting what the support centre received and answered, while the day goes on."""

from procrastinate.contrib.django import app

from parvis.casework.events.later import Queue
from parvis.lib import clock
from parvis.readers.support.counting import count


@app.periodic(cron="*/5 * * * *")
@app.task(name="support.count", queue=Queue.HOUSE, queueing_lock="support.count")
def count_support(timestamp: int) -> None:
    """Count what was told since the last counting; where that fails, the next makes it up."""
    count(clock.now())

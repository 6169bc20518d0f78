"""What the house does for itself: jobs whose worker died are done again, old ones are cleared."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from parvis.casework.events.later import Queue

_log = logging.getLogger(__name__)
_KEPT_H = 14 * 24
"""How long a job that failed for good can be looked at."""


@app.periodic(cron="* * * * *")
@app.task(name="house.rescue", queue=Queue.HOUSE, queueing_lock="house.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Take up again the jobs of workers that have not been heard of for half a minute."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        _log.warning("Job %s (%s) lost its worker; it is done again.", job.id, job.task_name)
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            # Of those that wait once at most, one waits already and does what this one would.
            await jobs.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="17 3 * * *")
@app.task(name="house.clear", queue=Queue.HOUSE, queueing_lock="house.clear", pass_context=True)
async def clear(context: JobContext, timestamp: int) -> None:
    """Forget the jobs that failed or were cancelled weeks ago; those done are forgotten at once."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=_KEPT_H, include_failed=True, include_cancelled=True, include_aborted=True
    )

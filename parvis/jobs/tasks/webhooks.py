"""What other systems are told: facts become deliveries, and deliveries are sent until taken."""

from asyncio import Runner
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from parvis.casework.events.later import Queue, later
from parvis.casework.webhooks import sending, spreading
from parvis.casework.webhooks.services import SEND, send_soon
from parvis.casework.webhooks.status import Answer
from parvis.channels.webhooks.posting import Poster, poster
from parvis.lib import clock

_AT_ONCE = 64
"""Sent in two rounds of ten seconds at most: before what was taken counts as lost (thirty)."""
_TURN = timedelta(seconds=20)
"""After so long the others have their turn."""
_KEPT_DAYS = 90
_LOOK, _AT_LEAST = timedelta(minutes=1), timedelta(seconds=1)
NEWS = timedelta(days=30)
"""What was recorded longer ago is told nobody who is not told yet."""


@app.task(name="webhooks.spread", queue=Queue.URGENT)
def spread(facts: Sequence[Sequence[int]]) -> None:
    """Make the deliveries of these facts, and have them sent."""
    at = clock.now()
    with transaction.atomic():
        for one in spreading.spread({file for file, _ in facts}, since=at - NEWS, at=at):
            _send_soon(one)


@app.task(name=SEND, queue=Queue.WEBHOOKS)
def send(subscription: int) -> None:
    """Send all that is due at one subscription, for as long as its turn is."""
    until, sent = clock.now() + _TURN, False
    with Runner() as runner, posting(runner) as post:
        while messages := sending.take_due(subscription, most=_AT_ONCE, at=clock.now()):
            answers = post(messages)
            told = list(zip(messages, answers, strict=True))
            sending.keep_answers(told, at=clock.now())
            if _is_over(subscription, until) or _hears_nothing(answers):
                return
            sent = True
    if sent and (due_at := sending.next_due(subscription)) is not None:
        _again_at(subscription, due_at)


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.due", queue=Queue.HOUSE, queueing_lock="webhooks.due")
def due(timestamp: int) -> None:
    """Have sent what is to be tried again by now."""
    for one in sending.due_subscriptions(clock.now()):
        _send_soon(one)


@app.periodic(cron="47 3 * * *")
@app.task(name="webhooks.forget", queue=Queue.HOUSE, queueing_lock="webhooks.forget")
def forget(timestamp: int) -> None:
    """Forget what was delivered months ago."""
    sending.forget_old(at=clock.now(), days=_KEPT_DAYS)


def _send_soon(subscription: int) -> None:
    """Defer sending, unless a job waits that will send whatever came by then."""
    # One that is for later, when something is tried again, leaves what came just now waiting.
    waits = ProcrastinateJob.objects.filter(
        task_name=SEND, status="todo", scheduled_at=None, args__subscription=subscription
    )
    if not waits.exists():
        send_soon(subscription)


@contextmanager
def posting(runner: Runner) -> Iterator[Callable[[Sequence[sending.Message]], list[str]]]:
    """Return what posts messages, over connections that stay open until the end of the block."""
    stack = AsyncExitStack()

    async def opened() -> Poster:
        secure = settings.ENVIRONMENT.production
        return await stack.enter_async_context(poster(settings.WEBHOOK_NETWORKS, secure=secure))

    posts = runner.run(opened())
    try:
        yield lambda messages: runner.run(posts.post_all(messages))
    finally:
        runner.run(stack.aclose())


def _is_over(subscription: int, until: datetime) -> bool:
    """Tell whether a turn is over, and have the next one come after the others'."""
    if clock.now() < until:
        return False
    _send_soon(subscription)
    return True


def _hears_nothing(answers: Sequence[str]) -> bool:
    """Tell whether nobody answered at all: the rest is for when they do."""
    return set(answers) <= {Answer.TIMEOUT, Answer.NO_CONNECTION, Answer.NO_ADDRESS}


def _again_at(subscription: int, due_at: datetime) -> None:
    """Have what is due before the next look at all subscriptions sent when it is."""
    if (wait := due_at - clock.now()) < _LOOK:
        later().defer(SEND, [{"subscription": subscription}], after=max(wait, _AT_LEAST))

"""Webhooks that were not taken: again for days, in order, each under its own id."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from parvis.casework.events import log
from parvis.casework.people.models import User
from parvis.casework.webhooks import sending
from parvis.casework.webhooks.models import Delivery
from parvis.casework.webhooks.services import send_again
from parvis.casework.webhooks.status import DeliveryState
from tests.casework.webhooks.subscribing import subscribed
from tests.channels.webhooks.receiving import Receiver, ok
from tests.jobs.tasks.hearing import Clock, due, lived, received, told, work_until_sent
from tests.working import waiting, work

pytestmark = pytest.mark.django_db


def test_who_does_not_take_it_is_told_again_for_days_and_in_order(
    receiver: Receiver, case: User, moment: Clock, settings: Settings
) -> None:
    receiver.say = lambda nth: ok("500 No") if nth <= 3 else ok()
    subscribed(case, receiver.url)
    file = lived(moment)
    work()
    assert told(receiver) == [(file.number, 1)]
    waits = settings.WEBHOOK_WAITS_S
    for nth, wait in enumerate(waits[:2], 2):
        moment.on(timedelta(seconds=wait - 1))
        work(ahead=True)
        assert len(receiver.came) == nth - 1
        moment.on(timedelta(seconds=1))
        due()
        assert told(receiver) == [(file.number, 1)] * nth
    moment.on(timedelta(seconds=waits[2]))
    due()
    assert told(receiver) == [(file.number, seq) for seq in (1, 1, 1, 1, 2, 3, 4)]
    assert len({came.headers["webhook-id"] for came in receiver.came}) == 4
    assert Delivery.objects.get(seq=1).tries == 4


def test_after_three_days_a_delivery_is_given_up_and_the_next_one_goes(
    receiver: Receiver, case: User, moment: Clock, settings: Settings
) -> None:
    assert timedelta(days=3) <= timedelta(seconds=sum(settings.WEBHOOK_WAITS_S))
    number = lived(moment).number
    moment.on(timedelta(seconds=1))
    subscribed(case, receiver.url)
    file = lived(moment)
    first = len(settings.WEBHOOK_WAITS_S) + 1
    receiver.say = lambda nth: ok("500 No") if nth <= first else ok()
    work()
    for wait in settings.WEBHOOK_WAITS_S:
        moment.on(timedelta(seconds=wait))
        due()
    assert told(receiver) == [(file.number, 1)] * first + [(file.number, seq) for seq in (2, 3, 4)]
    assert number not in {one for one, _ in told(receiver)}
    assert Delivery.objects.get(seq=1).state == DeliveryState.GIVEN_UP


def test_one_file_that_is_not_taken_keeps_no_other_waiting(
    receiver: Receiver, case: User, moment: Clock
) -> None:
    subscribed(case, receiver.url)
    stuck = received(moment)
    receiver.say = lambda _: (
        ok("500 No") if receiver.came[-1].told["data"]["application"] == stuck.number else ok()
    )
    others = [received(moment).number for _ in range(3)]
    work()
    assert {number for number, _ in told(receiver)} == {stuck.number, *others}
    assert set(Delivery.objects.exclude(application=stuck.pk).values_list("state", flat=True)) == {
        "delivered"
    }


def test_who_was_killed_after_sending_sends_the_same_message_once_more_and_it_is_counted(
    receiver: Receiver, case: User, moment: Clock
) -> None:
    one = subscribed(case, receiver.url)
    received(moment)
    work_until_sent()
    # Taken and sent, and nobody lived to say what became of it.
    [message] = sending.take_due(one.id, most=9, at=moment.at)
    assert sending.take_due(one.id, most=9, at=moment.at) == []
    moment.on(timedelta(seconds=31))
    due()
    [came] = receiver.came
    assert came.headers["webhook-id"] == message.headers["webhook-id"]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.repeats) == ("delivered", 2, 1)


def test_spreading_twice_tells_once(receiver: Receiver, case: User, moment: Clock) -> None:
    subscribed(case, receiver.url)
    lived(moment)
    jobs = waiting("webhooks.spread")
    work_until_sent()
    from parvis.jobs.tasks import webhooks  # noqa: PLC0415 - its jobs need settings

    for _, _, args in reversed(jobs):
        webhooks.spread.func(**args)
    due()
    assert len(receiver.came) == Delivery.objects.count() == 4


def test_a_delivery_is_sent_again_under_its_id(
    receiver: Receiver, case: User, moment: Clock
) -> None:
    one = subscribed(case, receiver.url)
    received(moment)
    work()
    delivery = Delivery.objects.get()
    send_again(delivery=delivery.pk, by=None, at=moment.at)
    work()
    first, second = receiver.came
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    delivery.refresh_from_db()
    assert (delivery.state, delivery.repeats) == ("delivered", 0)
    assert log.history(one.id)[-1].fact.KIND == "account.webhook-sent-again"


def test_what_is_tried_again_later_keeps_no_news_waiting(
    receiver: Receiver, case: User, moment: Clock
) -> None:
    subscribed(case, receiver.url)
    stuck = received(moment).number
    receiver.say = lambda _: (
        ok("500 No") if receiver.came[-1].told["data"]["application"] == stuck else ok()
    )
    work()
    assert told(receiver) == [(stuck, 1)]
    # A job waits that will send it again in five seconds; what comes meanwhile has its own.
    other = received(moment).number
    work()
    assert told(receiver)[-1] == (other, 1)

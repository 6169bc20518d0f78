"""Webhooks from fact to receiver: signed, whole, and to nobody else."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from parvis.casework.applications import services
from parvis.casework.applications.models import Adult
from parvis.casework.mandates.models import Firm, Mandate, Member
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.roles import Role
from parvis.casework.webhooks.models import Delivery, Subscription
from parvis.casework.webhooks.secrets import signatures
from parvis.casework.webhooks.selectors import deliveries_of
from parvis.casework.webhooks.services import rotate_secret, send_again, stop
from parvis.casework.webhooks.status import Answer, DeliveryState
from tests.casework.webhooks.subscribing import subscribed
from tests.channels.webhooks.receiving import Receiver
from tests.filing import client
from tests.jobs.tasks.hearing import Clock, due, lived, received, told, work_until_sent
from tests.working import work

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_software_is_told_of_a_fact_signed_and_without_a_name(
    receiver: Receiver, case: User, moment: Clock
) -> None:
    one = subscribed(case, receiver.url)
    file = lived(moment)
    work()
    assert told(receiver) == [(file.number, seq) for seq in (1, 2, 3, 4)]
    first = receiver.came[0]
    assert first.told == {
        "type": "application.received",
        "timestamp": file.received_at.isoformat(),
        "data": {"application": file.number, "program": "study-permit", "fact": 1},
    }
    assert all(came.is_signed(one.secret) for came in receiver.came)
    assert len({came.headers["webhook-id"] for came in receiver.came}) == 4
    assert set(Delivery.objects.values_list("state", "tries", "repeats")) == {("delivered", 1, 0)}


def test_a_signature_is_for_one_message_at_one_moment_alone(
    receiver: Receiver, case: User, moment: Clock
) -> None:
    one = subscribed(case, receiver.url)
    received(moment)
    work()
    [came] = receiver.came
    for header, other in (("webhook-id", "msg_999"), ("webhook-timestamp", "1700000000")):
        kept, came.headers[header] = came.headers[header], other
        assert not came.is_signed(one.secret)
        came.headers[header] = kept
    came.body += b" "
    assert not came.is_signed(one.secret)


def test_signatures_are_those_of_the_standard() -> None:
    """The example of standardwebhooks.com."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - published
    signed = signatures(
        [secret],
        message="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    with pytest.raises(ValueError, match="signed"):
        signatures([], message="msg_1", timestamp=1, body=b"")


def test_only_what_was_asked_for_is_told(receiver: Receiver, case: User, moment: Clock) -> None:
    before = received(moment)
    subscribed(case, receiver.url, kinds=["application.decided"], programs=["study-permit"])
    file = lived(moment)
    lived(moment, program="work-permit")
    services.withdraw(application=before, by="test", at=moment.at)
    work()
    assert told(receiver) == [(file.number, 4)]


def test_a_representatives_software_is_told_of_files_under_its_mandate_when_it_is_sent(
    receiver: Receiver, moment: Clock
) -> None:
    rita = User.objects.create_user("rita@example.org", role=Role.PERSON, joined_at=moment.at)
    _, ada = client("ada@example.org")
    mandate = Mandate.objects.create(
        client_id=ada,
        kind="representative",
        address=rita.email,
        user=rita,
        acts=["see"],
        begins_at=moment.at,
        given_at=moment.at,
        accepted_at=moment.at,
    )
    subscribed(rita, receiver.url)
    hers, other = received(moment, by=ada), received(moment)
    work()
    assert told(receiver) == [(hers.number, 1)]
    # Of somebody else's file nothing is kept for her: her log would tell that it is there.
    assert not Delivery.objects.filter(application=other.pk).exists()
    moment.on(timedelta(seconds=1))
    services.acknowledge(application=hers, by="test", at=moment.at)
    work_until_sent()
    # It was there to be sent; the mandate ends before it is.
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=moment.at)
    due()
    assert told(receiver) == [(hers.number, 1)]
    assert Delivery.objects.get(application=hers.pk, seq=2).state == DeliveryState.WITHHELD
    last, first = deliveries_of(Subscription.objects.get().pk, most=9)
    assert (first.number, last.number) == (hers.number, None)


def test_a_stranger_with_a_webhook_learns_of_no_file(receiver: Receiver, moment: Clock) -> None:
    eve = User.objects.create_user("eve@example.org", role=Role.PERSON, joined_at=moment.at)
    subscribed(eve, receiver.url)
    _, ada = client("ada@example.org")
    lived(moment, by=ada)
    lived(moment)
    work()
    assert receiver.came == []
    assert not Delivery.objects.exists()


def test_everybody_on_a_file_and_their_firm_are_told_of_it(
    receiver: Receiver, moment: Clock
) -> None:
    _, ada = client("ada@example.org")
    spouse, bob = client("bob@example.org")
    rita, roy = (
        User.objects.create_user(f"{name}@example.org", role=Role.PERSON, joined_at=moment.at)
        for name in ("rita", "roy")
    )
    firm = Firm.objects.create(name="Firm")
    for one in (rita, roy):
        Member.objects.create(firm=firm, user=one, joined_at=moment.at)
    for one in (ada, bob):
        Mandate.objects.create(
            client_id=one,
            kind="representative",
            address=rita.email,
            user=rita,
            firm=firm,
            acts=["see"],
            begins_at=moment.at,
            given_at=moment.at,
            accepted_at=moment.at,
        )
    file = received(moment, by=ada)
    moment.on(timedelta(seconds=1))
    Adult.objects.create(application=file.pk, client_id=bob)
    for one in (spouse, roy):
        subscribed(one, receiver.url)
    services.acknowledge(application=file, by="test", at=moment.at)
    work()
    assert told(receiver) == [(file.number, 2)] * 2


def test_a_secret_is_rotated_with_overlap(receiver: Receiver, case: User, moment: Clock) -> None:
    one = subscribed(case, receiver.url)
    other = rotate_secret(subscription=one.id, by=None, at=moment.at)
    received(moment)
    work()
    assert receiver.came[0].is_signed(one.secret)
    assert receiver.came[0].is_signed(other.secret)
    moment.on(DAY)
    received(moment)
    work()
    assert not receiver.came[1].is_signed(one.secret)
    assert receiver.came[1].is_signed(other.secret)
    row = Subscription.objects.get()
    assert one.secret not in (row.secret, row.before)


@pytest.mark.parametrize("how", ["stopped", "closed"])
def test_who_is_told_no_more_is_told_nothing_that_waits(
    receiver: Receiver, case: User, moment: Clock, how: str
) -> None:
    one = subscribed(case, receiver.url)
    received(moment)
    work_until_sent()
    if how == "stopped":
        stop(subscription=one.id, by=None, at=moment.at)
    else:
        User.objects.filter(pk=case.pk).update(is_active=False)
    due()
    received(moment)
    work()
    assert receiver.came == []
    if how == "stopped":
        with pytest.raises(ActRefused):
            send_again(delivery=Delivery.objects.get().pk, by=None, at=moment.at)


def test_an_address_inside_is_told_nothing_and_that_is_told(
    receiver: Receiver, case: User, moment: Clock, settings: Settings
) -> None:
    settings.WEBHOOK_NETWORKS = []
    subscribed(case, receiver.url)
    received(moment)
    work()
    assert receiver.came == []
    assert Delivery.objects.get().answer == Answer.INSIDE


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.org/",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nX: y",
        "https://" + "a" * 600,
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
def test_what_is_no_address_is_refused(case: User, url: str) -> None:
    with pytest.raises(ActRefused):
        subscribed(case, url)

"""Nothing is lost on the way out, and what may have gone out twice is counted."""

from datetime import timedelta

from parvis.casework.events import log
from parvis.casework.notices.facts import MessageSent
from parvis.casework.notices.models import Message, Preference
from parvis.casework.notices.replaying import differences, replay
from parvis.casework.notices.sending import hurry, send_all
from parvis.casework.notices.status import State
from parvis.casework.notices.ways import NotNow, Unreachable, Unsure
from parvis.casework.people.models import Client
from tests.casework.notices.telling import DAY, HOUR, MINUTE, House
from tests.casework.notices.test_telling import ask
from tests.working import work


def sent(house: House) -> int:
    return send_all(urgent=True, now=lambda: house.now)


def test_a_server_that_is_down_for_an_hour_loses_nothing(house: House) -> None:
    files = [house.file_of(f"{name}@example.org")[1] for name in ("ada", "zoe", "eve")]
    house.mail.failing = [Unreachable() for _ in range(1000)]
    for file in files:
        ask(house, file)
    work()
    for _ in range(60):
        house.now += MINUTE
        assert sent(house) == 0
    tried = list(Message.objects.order_by("pk").values_list("tries", flat=True))
    assert sum(tried) < 30
    house.mail.failing = []
    house.now += HOUR
    assert sent(house) == 3
    assert {letter.address for letter in house.mail.letters} == {
        "ada@example.org",
        "zoe@example.org",
        "eve@example.org",
    }
    assert not Message.objects.exclude(repeats=0).exists()


def test_nothing_is_given_up_while_our_own_server_is_gone(house: House) -> None:
    """For days: that is no fault of anybody's address."""
    _, file = house.file_of()
    house.mail.failing = [Unreachable() for _ in range(1000)]
    ask(house, file)
    work()
    for _ in range(8):
        house.now += DAY
        assert sent(house) == 0
    house.mail.failing = []
    house.now += DAY
    assert sent(house) == 1
    assert not Preference.objects.exclude(email_failed="").exists()


def test_what_a_mailbox_puts_off_for_five_days_has_come_back(house: House) -> None:
    user, file = house.file_of()
    house.mail.failing = [NotNow() for _ in range(1000)]
    ask(house, file)
    work()
    for _ in range(6):
        house.now += DAY
        assert sent(house) == 0
    message = Message.objects.get()
    assert (message.state, message.code) == (State.RETURNED, "4.4.7")
    assert Preference.objects.get().email_failed == user.email


def test_one_mailbox_that_takes_nothing_now_holds_up_no_other(house: House) -> None:
    files = [house.file_of(f"{name}@example.org")[1] for name in ("ada", "zoe")]
    house.mail.failing = [NotNow()]
    for file in files:
        ask(house, file)
    work()
    assert len(house.mail.letters) == 1
    assert hurry(at=house.now) == 1
    assert sent(house) == 1
    both = {letter.address for letter in house.mail.letters}
    assert both == {"ada@example.org", "zoe@example.org"}


def test_what_may_have_gone_out_twice_has_the_same_name_and_is_counted(house: House) -> None:
    user, file = house.file_of()
    house.mail.failing = [Unsure()]
    ask(house, file)
    work()
    assert house.mail.letters == []
    house.now += HOUR
    assert sent(house) == 1
    message = Message.objects.get()
    assert (message.repeats, message.tries, message.state) == (1, 2, State.SENT)
    client = Client.objects.get(user=user)
    [fact] = [one.fact for one in log.history(client.pk) if isinstance(one.fact, MessageSent)]
    assert fact.repeats == 1


def test_what_a_worker_sent_and_did_not_tell_is_told_by_the_next(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    Message.objects.update(recorded=False)
    assert sent(house) == 0
    assert Message.objects.get().recorded


def test_the_log_and_the_messages_say_the_same_and_a_change_shows(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    assert list(differences()) == [(1, [])]
    right = Message.objects.get().sent_at
    assert right is not None
    Message.objects.update(sent_at=right - timedelta(days=1))
    [(_, [words])] = differences()
    assert "sent_at" in words
    assert list(replay()) == [1]
    assert Message.objects.get().sent_at == right

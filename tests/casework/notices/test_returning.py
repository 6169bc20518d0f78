"""What comes back is shown, tried by another way, given to a person; a forged one is refused."""

import pytest

from parvis.casework.events import log
from parvis.casework.notices.facts import AddressRepaired, AddressWorks, MessageReturned
from parvis.casework.notices.figures import figures
from parvis.casework.notices.models import Message
from parvis.casework.notices.references import message_named, name_of
from parvis.casework.notices.returning import take_back
from parvis.casework.notices.selectors import sent_on, unreached, unreached_one
from parvis.casework.notices.services import (
    Choice,
    address_changed,
    choose_ways,
    open_message,
    repair_address,
    try_again,
)
from parvis.casework.notices.status import State, Verdict, Way, Wish
from parvis.casework.notices.ways import Refused, Returned
from parvis.casework.people.models import Client, User
from parvis.casework.people.policies import ActRefused
from tests.casework.notices.telling import HOUR, MINUTE, House
from tests.casework.notices.test_sending import sent
from tests.casework.notices.test_telling import ask
from tests.filing import officer
from tests.working import waiting, work


@pytest.fixture
def told(house: House) -> tuple[House, User, int]:
    """Return a client who was told of a request, and their file."""
    user, file = house.file_of()
    ask(house, file)
    work()
    house.now += MINUTE
    return house, user, file.pk


def back(house: House, code: str = "5.1.1") -> None:
    """Have the last message come back."""
    last = Message.objects.order_by("pk").last()
    assert last is not None
    take_back([Returned(Verdict.RETURNED, name_of(last.pk), code)], at=house.now)


def test_a_bounce_is_a_fact_is_shown_and_puts_the_client_on_the_list(
    told: tuple[House, User, int],
) -> None:
    house, user, file = told
    back(house)
    client = Client.objects.get(user=user)
    assert [
        one.fact.code for one in log.history(client.pk) if isinstance(one.fact, MessageReturned)
    ] == ["5.1.1"]
    [line] = sent_on(file)
    assert line.state is State.RETURNED
    [one] = unreached(most=50)
    assert (one.user, one.code, one.files, one.waiting) == (user.pk, "5.1.1", (file,), 1)
    assert client.unreached_at == house.now


def test_a_second_way_is_tried_before_a_person_is(told: tuple[House, User, int]) -> None:
    house, user, file = told
    house.prove_number(user)
    back(house)
    assert unreached(most=50) == []
    sent(house)
    [text] = house.texts.letters
    assert text.address == "+16135550123"
    [again, first] = sent_on(file)
    assert (again.way, again.again, first.state) == (Way.TEXT, True, State.RETURNED)
    back(house, "5.1.1")
    assert [one.user for one in unreached(most=50)] == [user.pk]
    [figure] = figures().by_program
    assert (figure.sent, figure.delivered, figure.returned, figure.opened) == (1, 0, 1, 0)


def test_a_person_repairs_the_address_and_the_client_is_told(
    told: tuple[House, User, int],
) -> None:
    house, user, _ = told
    back(house)
    somebody = officer()
    house.now += HOUR
    repair_address(
        user=user.pk, way=Way.EMAIL, address="new@example.org", by=somebody, at=house.now
    )
    assert unreached(most=50) == []
    assert unreached_one(user.pk) is None
    work()
    assert house.mail.letters[-1].address == "new@example.org"
    assert "We need something from you" in house.mail.letters[-1].text
    client = Client.objects.get(user=user)
    assert client.unreached_at is None
    assert user.email == "ada@example.org"
    [fact] = [one for one in log.history(client.pk) if isinstance(one.fact, AddressRepaired)]
    assert fact.by == somebody.ref


def test_a_client_repairs_no_address(told: tuple[House, User, int]) -> None:
    house, user, _ = told
    with pytest.raises(ActRefused):
        repair_address(user=user.pk, way=Way.EMAIL, address="x@example.org", by=user, at=house.now)


def test_who_cannot_be_reached_is_told_of_what_happens_later_once_they_can(house: House) -> None:
    user, file = house.file_of()
    house.mail.failing = [Refused("5.1.1")]
    ask(house, file)
    work()
    assert [one.code for one in unreached(most=50)] == ["5.1.1"]
    house.prove_number(user, wish=Wish.TEXT)
    assert unreached(most=50) == []


@pytest.mark.parametrize("name", ["1-" + "a" * 16, "fff-" + "2" * 16, "x", "1", "-", "1-é"])
def test_a_forged_bounce_is_refused_and_counted(told: tuple[House, User, int], name: str) -> None:
    house, _, file = told
    counts = take_back([Returned(Verdict.RETURNED, name)], at=house.now)
    assert counts[Verdict.FORGED] == 1
    assert sent_on(file)[0].state is State.SENT
    assert figures().mails_back["forged"] == 1


def test_the_seal_of_one_message_is_none_for_another() -> None:
    seal = name_of(7).partition("-")[2]
    assert message_named(f"7-{seal}") == 7
    assert message_named(f"8-{seal}") is None
    assert message_named(name_of(2**62)) == 2**62


def test_an_address_that_answers_each_mail_gets_no_mail_for_it(
    told: tuple[House, User, int],
) -> None:
    house, _, file = told
    name = name_of(Message.objects.get().pk)
    for _ in range(20):
        take_back([Returned(Verdict.ANSWERED, name)], at=house.now)
        work(ahead=True)
    assert len(house.mail.letters) == 1
    assert sent_on(file)[0].state is State.SENT
    assert figures().mails_back["answered"] == 20


def test_bounces_come_in_any_number_and_each_message_comes_back_once(
    told: tuple[House, User, int],
) -> None:
    house, user, _ = told
    name = name_of(Message.objects.get().pk)
    flood = [Returned(Verdict.RETURNED, name, "5.1.1")] * 5_000
    counts = take_back(flood, at=house.now)
    assert (counts[Verdict.RETURNED], counts[Verdict.AGAIN]) == (1, 4_999)
    take_back(flood, at=house.now)
    client = Client.objects.get(user=user)
    history = log.history(client.pk)
    assert sum(isinstance(one.fact, MessageReturned) for one in history) == 1


def test_whoever_signs_in_by_a_message_has_opened_it_and_nobody_else_can(
    told: tuple[House, User, int],
) -> None:
    house, user, file = told
    name = name_of(Message.objects.get().pk)
    assert open_message(name=name, by=officer(), at=house.now) is None
    opened = open_message(name=name, by=user, at=house.now)
    assert opened is not None
    assert opened.application == file
    [figure] = figures().by_program
    assert (figure.program, figure.language, figure.opened) == ("study-permit", "en", 1)


def both_failed(house: House, user: User) -> None:
    """Have a client's e-mail come back, and the text in its place."""
    house.prove_number(user)
    back(house)
    sent(house)
    back(house)
    assert [one.user for one in unreached(most=50)] == [user.pk]


def test_what_came_back_by_both_ways_is_told_once_an_address_was_repaired(
    told: tuple[House, User, int],
) -> None:
    house, user, _ = told
    both_failed(house, user)
    new = "new@example.org"
    repair_address(user=user.pk, way=Way.EMAIL, address=new, by=officer(), at=house.now)
    work()
    assert house.mail.letters[-1].address == new
    assert "We need something from you" in house.mail.letters[-1].text
    # It arrived: another repair sends nothing again.
    before = len(house.mail.letters)
    repair_address(
        user=user.pk, way=Way.EMAIL, address=new, by=officer("other@example.org"), at=house.now
    )
    work()
    assert len(house.mail.letters) == before


def test_a_client_says_that_an_address_works_again(told: tuple[House, User, int]) -> None:
    house, user, _ = told
    back(house, "5.2.2")
    client = Client.objects.get(user=user)
    assert client.unreached_at is not None
    try_again(user=user, way=Way.EMAIL, by=user.ref, at=house.now)
    assert unreached(most=50) == []
    work()
    assert [one.address for one in house.mail.letters] == [user.email] * 2
    client.refresh_from_db()
    assert client.unreached_at is None
    found = log.history(client.pk)
    assert [one.by for one in found if isinstance(one.fact, AddressWorks)] == [user.ref]
    # Of one that did not fail there is nothing to say.
    try_again(user=user, way=Way.EMAIL, by=user.ref, at=house.now)
    try_again(user=user, way=Way.TEXT, by=user.ref, at=house.now)
    assert sum(isinstance(one.fact, AddressWorks) for one in log.history(client.pk)) == 1


def test_another_address_to_sign_in_with_is_written_to_and_what_staff_found_is_forgotten(
    told: tuple[House, User, int],
) -> None:
    house, user, _ = told
    back(house)
    found = "found@example.org"
    repair_address(user=user.pk, way=Way.EMAIL, address=found, by=officer(), at=house.now)
    work()
    back(house)
    assert [one.user for one in unreached(most=50)] == [user.pk]
    user.email = "own@example.org"
    user.save()
    address_changed(user=user, at=house.now)
    assert unreached(most=50) == []
    work()
    assert house.mail.letters[-1].address == "own@example.org"
    assert Client.objects.get(user=user).unreached_at is None


def test_what_comes_back_late_from_an_old_address_says_nothing_of_the_one_of_now(
    told: tuple[House, User, int],
) -> None:
    house, user, _ = told
    user.email = "new@example.org"
    user.save()
    back(house)
    assert unreached(most=50) == []
    work()
    sent(house)
    assert house.mail.letters[-1].address == "new@example.org"
    # That one fails as well, and then comes one more from the old one.
    last = Message.objects.order_by("pk").last()
    assert last is not None
    take_back([Returned(Verdict.RETURNED, name_of(last.pk), "5.1.1")], at=house.now)
    Message.objects.filter(first=None).update(returned_at=None)
    first = Message.objects.get(first=None)
    take_back([Returned(Verdict.RETURNED, name_of(first.pk), "5.1.1")], at=house.now)
    assert [one.user for one in unreached(most=50)] == [user.pk]


def test_choosing_anew_leaves_the_urgent_queue_to_what_is_urgent(house: House) -> None:
    user, _ = house.file_of()
    choice = Choice(Wish.EMAIL, "", None, "")
    choose_ways(user=user, choice=choice, by=user.ref, at=house.now)
    assert {(queue, told["urgent"]) for queue, _, told in waiting("notices.send")} == {
        ("urgent", True),
        ("bulk", False),
    }

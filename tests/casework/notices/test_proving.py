"""Texts go to a number once a code went there and came back."""

import pytest

from parvis.casework.notices.models import Preference, Proof
from parvis.casework.notices.proving import send_code
from parvis.casework.notices.selectors import wishes_of
from parvis.casework.notices.services import Choice, another_code, choose_ways, prove_number
from parvis.casework.notices.status import Way, Wish
from parvis.casework.notices.ways import NotNow, Refused
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from tests.casework.notices.telling import DAY, MINUTE, House
from tests.casework.notices.test_telling import ask
from tests.filing import client
from tests.working import waiting, work

NUMBER, OTHER = "+16135550123", "+16135550199"


@pytest.fixture
def ada(house: House) -> User:
    user, _ = client("ada@example.org")
    return user


def chosen(house: House, user: User, number: str = NUMBER, wish: Wish = Wish.TEXT) -> bool:
    return choose_ways(user=user, choice=Choice(wish, number, None, ""), by="test", at=house.now)


def proved(house: House, user: User, code: str) -> bool:
    return prove_number(user=user, code=code, by=user.ref, at=house.now)


def told(user: User) -> tuple[str, str]:
    said = Preference.objects.get(user=user)
    return said.wish, said.phone


def test_nothing_but_a_code_goes_to_a_number_that_is_not_proved(house: House) -> None:
    user, file = house.file_of()
    assert chosen(house, user)
    work()
    [text] = house.texts.letters
    assert (text.address, text.text.startswith("Your code for Parvis is ")) == (NUMBER, True)
    assert told(user) == (Wish.EMAIL, "")
    ask(house, file)
    work()
    assert [one.address for one in house.mail.letters] == [user.email]
    assert proved(house, user, house.code())
    assert told(user) == (Wish.TEXT, NUMBER)
    assert not Proof.objects.exists()


def test_a_code_is_in_the_language_of_whoever_asked(house: House, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(language="fr")
    chosen(house, ada)
    work()
    assert house.texts.letters[-1].text.startswith("Votre code Parvis est ")


def test_a_code_has_three_tries(house: House, ada: User) -> None:
    chosen(house, ada)
    work()
    code = house.code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert [proved(house, ada, one) for one in (wrong, "", "é\0")] == [False] * 3
    with pytest.raises(ActRefused):
        proved(house, ada, code)
    another_code(user=ada, at=house.now)
    work()
    assert proved(house, ada, house.code())


def test_a_code_holds_for_fifteen_minutes_and_for_one_number_and_person(
    house: House, ada: User
) -> None:
    eve, _ = client("eve@example.org")
    chosen(house, ada)
    work()
    code = house.code()
    with pytest.raises(ActRefused):
        proved(house, eve, code)
    house.now += 15 * MINUTE
    with pytest.raises(ActRefused):
        proved(house, ada, code)
    assert wishes_of(ada, now=house.now).to_prove == ""
    chosen(house, ada)
    work()
    first = house.code()
    chosen(house, ada, OTHER)
    work()
    assert not proved(house, ada, first)


def test_the_number_before_goes_on_until_another_is_proved(house: House, ada: User) -> None:
    house.prove_number(ada, wish=Wish.TEXT)
    assert chosen(house, ada, OTHER)
    assert told(ada) == (Wish.TEXT, NUMBER)
    wishes = wishes_of(ada, now=house.now)
    assert (wishes.to_prove, wishes.ways.way()) == (OTHER, Way.TEXT)
    # To stay with what was asks for no code, and forgets the other.
    assert not chosen(house, ada, NUMBER)
    assert not Proof.objects.exists()
    assert not chosen(house, ada, "", Wish.EMAIL)
    assert told(ada) == (Wish.EMAIL, "")


def test_a_code_that_is_on_its_way_is_not_sent_again_by_keeping_the_form_twice(
    house: House, ada: User
) -> None:
    assert chosen(house, ada)
    assert chosen(house, ada, wish=Wish.EMAIL)
    assert len(waiting("notices.send-code")) == 1
    work()
    assert proved(house, ada, house.code())
    assert told(ada) == (Wish.EMAIL, NUMBER)


def test_nobody_is_bothered_with_codes(house: House, ada: User) -> None:
    eve, _ = client("eve@example.org")
    chosen(house, ada)
    for _ in range(4):
        another_code(user=ada, at=house.now)
    with pytest.raises(ActRefused, match="too many codes"):
        another_code(user=ada, at=house.now)
    for user, number in ((ada, OTHER), (eve, NUMBER)):
        with pytest.raises(ActRefused, match="too many codes"):
            chosen(house, user, number)
    house.now += DAY
    assert chosen(house, eve)


def test_a_gateway_that_fails_has_the_job_tried_again_and_one_that_refuses_has_not(
    house: House, ada: User
) -> None:
    chosen(house, ada)
    house.texts.failing = [NotNow(), Refused("5.1.1")]
    with pytest.raises(NotNow):
        send_code(user=ada.pk, at=house.now)
    send_code(user=ada.pk, at=house.now)
    assert house.texts.letters == []
    send_code(user=ada.pk, at=house.now)
    assert proved(house, ada, house.code())
    # Nothing waits to be proved any more.
    send_code(user=ada.pk, at=house.now)
    assert house.texts.letters == []


def test_the_database_holds_no_code(house: House, ada: User) -> None:
    chosen(house, ada)
    send_code(user=ada.pk, at=house.now)
    code = house.code()
    row = Proof.objects.values_list().get()
    assert code not in repr(row)
    assert len(bytes(Proof.objects.get().digest)) == 32

"""Representatives receive in a client’s place, where a mandate says so; mandates are told of."""

from datetime import timedelta

from parvis.casework.applications.mandating import give_mandate
from parvis.casework.mandates.services import accept_mandate, end_mandate
from parvis.casework.mandates.status import MandateKind
from parvis.casework.mandates.terms import Terms
from parvis.casework.people.models import User
from parvis.casework.people.policies import DELEGABLE
from parvis.casework.people.services import add_user
from tests.casework.notices.telling import HOUR, House
from tests.casework.notices.test_telling import ask
from tests.filing import PASSWORD, RECEIVED
from tests.working import work

REP = "rita@example.org"


def given(house: House, user: User, *, receives: bool) -> tuple[int, User]:
    """Give a mandate that is accepted, long ago, and return it with its holder."""
    holder = add_user(email=REP, password=PASSWORD, at=RECEIVED)
    at = RECEIVED - timedelta(days=20)
    terms = Terms(MandateKind.REPRESENTATIVE, REP, DELEGABLE, None, at, None, receives)
    mandate = give_mandate(terms=terms, by=user, at=at).id
    accept_mandate(mandate=mandate, by=holder, at=at + HOUR)
    return mandate, holder


def test_a_representative_receives_in_the_clients_place(house: House) -> None:
    user, file = house.file_of()
    given(house, user, receives=True)
    ask(house, file)
    work()
    [letter] = house.mail.letters
    assert letter.address == REP
    assert "in the place of a client" in letter.text


def test_the_client_receives_where_the_mandate_does_not_say_otherwise(house: House) -> None:
    user, file = house.file_of()
    given(house, user, receives=False)
    ask(house, file)
    work()
    assert [letter.address for letter in house.mail.letters] == [user.email]


def test_once_it_has_ended_the_client_receives_again_and_both_are_told(house: House) -> None:
    user, file = house.file_of()
    mandate, holder = given(house, user, receives=True)
    end_mandate(mandate=mandate, by=holder, at=house.now)
    ask(house, file)
    work()
    [letter] = house.mail.letters
    assert letter.address == user.email
    assert "A mandate for applications has ended." in letter.text
    house.now += 2 * HOUR
    work(ahead=True)
    assert {one.address for one in house.mail.letters} == {user.email, REP}


def test_a_client_is_told_that_somebody_was_given_a_mandate(house: House) -> None:
    user, _ = house.file_of()
    at = house.now
    terms = Terms(MandateKind.REPRESENTATIVE, REP, DELEGABLE, None, at, None)
    give_mandate(terms=terms, by=user, at=at)
    work()
    [letter] = house.mail.letters
    assert letter.address == user.email
    assert "end it at once" in letter.text
    assert REP not in letter.text

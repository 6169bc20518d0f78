"""Work is given: oldest promised first, to nobody twice, and back when nobody acts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from parvis.casework.enquiries import facts
from parvis.casework.enquiries.giving import FOR_SO_LONG, HandsFull, give_next, take_back_idle
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.services import follow_up, give_back
from parvis.casework.enquiries.status import Status
from parvis.casework.events import log
from parvis.casework.lines import services as lines
from parvis.casework.lines.selectors import agent_of
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.casework.lines.opening import opened
from tests.filing import officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines(request: pytest.FixtureRequest) -> None:
    if "committed" not in request.fixturenames:
        open_lines()


HOUR = timedelta(hours=1)


def test_the_oldest_promise_comes_first() -> None:
    second = came(mail("second"), at=AT + HOUR)
    first = came(mail("first"), at=AT)
    nora = at_work()
    assert [given(nora, AT + 2 * HOUR).pk for _ in range(2)] == [first.pk, second.pk]
    assert give_next(to=nora, at=AT + 2 * HOUR) is None


def test_a_line_with_a_head_start_comes_sooner_and_starves_nobody() -> None:
    mailbox = "ukraine@parvis.example.org"
    opened("ukraine", channels={"email": mailbox}, head_start_minutes=24 * 60, skills=[])
    old = came(mail("old"), at=AT - timedelta(days=40))
    crisis = came(mail("crisis", to=(mailbox,)), at=AT)
    new = came(mail("new"), at=AT)
    nora = at_work()
    lines.place_agent(line="ukraine", user=nora, by=None, at=AT)
    assert [given(nora).pk for _ in range(3)] == [old.pk, crisis.pk, new.pk]


def test_an_agent_is_given_what_they_can_answer_alone() -> None:
    came(mail("Bonjour, où est ma demande ? Merci de me le dire."))
    anglophone, other = (
        at_work("ann", "en"),
        at_work("paul", on="parliamentary", skills=("parliament",)),
    )
    assert give_next(to=anglophone, at=AT) is None
    assert give_next(to=other, at=AT) is None
    assert given(at_work("nora", "fr")).language == "fr"


def test_an_agent_has_no_more_than_they_can() -> None:
    nora = at_work()
    for n in range(9):
        came(mail(f"Question {n}"))
    known = agent_of(nora.pk)
    assert known is not None
    for _ in range(known.capacity):
        given(nora)
    with pytest.raises(HandsFull):
        give_next(to=nora, at=AT)
    assert Conversation.objects.filter(agent=nora.pk).count() == known.capacity


def test_what_nobody_acts_on_goes_back_to_its_place_and_is_said() -> None:
    first, nora = came(mail()), at_work()
    given(nora)
    assert take_back_idle(at=AT + FOR_SO_LONG - HOUR / 60) == 0
    assert take_back_idle(at=AT + FOR_SO_LONG) == 1
    row = Conversation.objects.get()
    assert (row.status, row.agent, row.promised_at) == (Status.WAITING, None, first.promised_at)
    [*_, last] = log.history(row.pk)
    assert last.fact == facts.EnquiryReturned(agent=nora.pk, reason="not-acted-on")


def test_what_was_put_by_comes_back_on_its_day() -> None:
    came(mail())
    nora = at_work()
    due_at = AT + timedelta(days=3)
    follow_up(conversation=given(nora).pk, on=due_at.date(), due_at=due_at, by=nora, at=AT)
    assert take_back_idle(at=due_at - HOUR) == 0
    assert take_back_idle(at=due_at) == 1
    assert given(nora, due_at).promised_at > due_at


def test_whoever_gives_it_back_has_it_no_more() -> None:
    came(mail())
    nora = at_work()
    row = given(nora)
    give_back(conversation=row.pk, by=nora, at=AT)
    with pytest.raises(ActRefused):
        give_back(conversation=row.pk, by=nora, at=AT)
    assert given(nora).pk == row.pk


def test_whoever_answers_nobody_is_given_nothing() -> None:
    came(mail())
    with pytest.raises(ActRefused):
        give_next(to=officer("officer@example.org"), at=AT)


def test_of_many_who_ask_at_once_none_is_given_what_another_has(committed: None) -> None:
    open_lines()
    agents = [at_work(f"agent{n}") for n in range(8)]
    for n in range(40):
        came(mail(f"Question {n}", address=f"{n}@example.net"))

    def ask(user: User) -> list[int]:
        try:
            return [found for _ in range(3) if (found := give_next(to=user, at=AT))]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [one for part in pool.map(ask, agents) for one in part]
    assert len(taken) == len(set(taken)) == 24

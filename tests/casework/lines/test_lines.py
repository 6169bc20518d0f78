"""Lines: opened, changed, staffed by their own and by the lent, closed into an archive."""

import re
from datetime import UTC, datetime, timedelta
from threading import Thread

import orjson
import pytest
from django.db import IntegrityError, connection, transaction
from pydantic import ValidationError

from parvis.casework.events import log
from parvis.casework.lines import facts, selectors, services
from parvis.casework.lines.models import Line, Place
from parvis.casework.lines.selectors import UnknownLine, agent_of, agents_of, line, lines
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.roles import STAFF, Role
from parvis.programs.support_lines.schema import Terms
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.lines.opening import agent, opened, staff, terms
from tests.filing import RECEIVED

pytestmark = pytest.mark.django_db
AT = RECEIVED + timedelta(days=1)
EVERY_DAY = {"monday-sunday": ["00:00-24:00"]}


def told(subject: int) -> list[str]:
    return [one.fact.KIND for one in log.history(subject)]


def emails(code: str) -> list[str]:
    return [one.email.partition("@")[0] for one in agents_of(line(code))]


def test_a_line_is_opened_and_its_terms_are_a_fact() -> None:
    found = opened(channels={"email": "Ukraine@Example.org"}, by=staff("eve", Role.SUPERVISOR))
    assert found.takes_contacts_at(RECEIVED)
    assert not found.takes_contacts_at(RECEIVED - timedelta(seconds=1))
    [fact] = log.history(found.id)
    assert isinstance(fact.fact, facts.LineOpened)
    assert (fact.fact.code, fact.fact.like) == ("ukraine", "crisis")
    assert Terms.model_validate(orjson.loads(fact.fact.terms)) == found.terms
    assert re.fullmatch(r"user:\d+", fact.by)
    assert selectors.line_for_address(" UKRAINE@example.org") == found
    assert selectors.line_for_address("nobody@example.org") is None


@pytest.mark.usefixtures("wall")
def test_a_line_is_opened_from_behind_the_wall_too() -> None:
    assert opened(by=staff("eve", Role.SUPERVISOR)) == line("ukraine")


def test_the_lines_of_every_house_come_once_and_stay_as_the_department_made_them() -> None:
    assert services.open_shipped_lines(at=RECEIVED) == ["general", "parliamentary"]
    services.change_hours(line="general", hours=EVERY_DAY, by=None, at=AT)
    services.close_line(line="parliamentary", by=None, at=AT)
    assert services.open_shipped_lines(at=AT) == []
    assert line("general").terms.hours == {"monday-sunday": ("00:00-24:00",)}
    assert [(one.code, bool(one.closed_at)) for one in lines()] == [
        ("general", False),
        ("parliamentary", True),
    ]


def test_a_line_of_every_house_whose_address_is_taken_is_not_opened_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened(channels={"email": "support@example.org"})
    assert services.open_shipped_lines(at=RECEIVED) == ["parliamentary"]
    assert "general is not opened" in caplog.text


def test_a_promise_counts_the_open_hours_of_its_line() -> None:
    services.open_shipped_lines(at=RECEIVED)
    parliament = line("parliamentary")
    friday = datetime(2023, 12, 22, 22, tzinfo=UTC)  # 17:00 in Toronto, before two holidays
    due = selectors.promise_of(parliament, friday)
    # Two hours on Friday, twelve and a half on Wednesday, the rest of 25 on Thursday.
    assert due == datetime(2023, 12, 28, 22, tzinfo=UTC)
    always = opened(hours=EVERY_DAY, targets={"open_hours": 1, "share": 0.9, "source": "-"})
    assert selectors.promise_of(always, friday) == friday + timedelta(hours=1)
    assert always.is_open_at(friday.replace(year=2024))
    assert not parliament.is_open_at(friday + timedelta(days=3))


def test_changes_are_facts_and_nothing_is_told_twice() -> None:
    subject = opened().id
    hours = {"monday": ["22:00-02:00"]}
    for _ in range(2):
        services.change_hours(line="ukraine", hours=hours, by=None, at=AT)
    assert told(subject) == ["line.opened", "line.changed"]
    assert line("ukraine").terms.hours == {"monday": ("22:00-02:00",)}
    with pytest.raises(ValidationError, match="cannot be read as hours"):
        services.change_hours(line="ukraine", hours={"monday": ["x"]}, by=None, at=AT)
    services.change_line(
        line="ukraine", terms=terms(channels={"email": "new@example.org"}), by=None, at=AT
    )
    found = selectors.line_for_address("new@example.org")
    assert found is not None
    assert found.code == "ukraine"


@pytest.mark.parametrize("code", ["Ukraine", "", "open", "a--b", "x" * 65, "../x"])
def test_a_code_stands_in_addresses(code: str) -> None:
    with pytest.raises(ActRefused, match="Choose a code"):
        opened(code)


def test_a_code_and_an_address_belong_to_one_line() -> None:
    opened(channels={"email": "line@example.org"})
    with pytest.raises(ActRefused, match="There is, or was"):
        opened()
    with pytest.raises(ActRefused, match="leads to another line"):
        opened("other", channels={"email": "line@example.org"})
    opened("other")
    with pytest.raises(ActRefused, match="leads to another line"):
        services.change_line(
            line="other", terms=terms(channels={"email": "line@example.org"}), by=None, at=AT
        )
    taken = pytest.raises(IntegrityError, match="an_address_leads_to_one_open_line")
    with taken, transaction.atomic():
        Line.objects.filter(code="other").update(email="line@example.org")
    services.close_line(line="ukraine", by=None, at=AT)
    opened("again", channels={"email": "line@example.org"}, at=AT)


def test_who_is_lent_answers_there_alone_and_goes_back_when_the_line_closes() -> None:
    services.open_shipped_lines(at=RECEIVED)
    subject = opened().id
    ada, zoe = agent("ada"), agent("zoe", "fr")
    for user in (ada, zoe):
        services.place_agent(line="general", user=user, by=None, at=RECEIVED)
    for _ in range(2):
        services.lend_agent(line="ukraine", user=ada, by=None, at=AT)
    assert (emails("general"), emails("ukraine")) == (["zoe"], ["ada"])
    found = agent_of(ada.pk)
    assert found is not None
    assert (found.lines, found.own, found.lent) == (("ukraine",), ("general",), "ukraine")
    assert found.answerer.lines == {"ukraine"}
    opened("sudan")
    with pytest.raises(ActRefused, match="lent to the line ukraine"):
        services.lend_agent(line="sudan", user=ada, by=None, at=AT)
    services.close_line(line="ukraine", by=None, at=AT)
    assert (emails("general"), emails("ukraine")) == (["ada", "zoe"], [])
    assert told(subject) == [
        "line.opened",
        "line.staffed",
        "line.agent-returned",
        "line.closed",
    ]


def test_who_returns_is_back_and_who_leaves_is_gone() -> None:
    services.open_shipped_lines(at=RECEIVED)
    opened()
    ada = agent("ada")
    services.place_agent(line="general", user=ada, by=None, at=RECEIVED)
    services.lend_agent(line="ukraine", user=ada, by=None, at=AT)
    for _ in range(2):
        services.return_agent(line="ukraine", user=ada, by=None, at=AT)
    assert emails("general") == ["ada"]
    services.return_agent(line="general", user=ada, by=None, at=AT)
    assert selectors.agents()[0].lines == ()
    assert Place.objects.filter(until=None).count() == 0


def test_somebody_who_was_lent_can_stay_as_the_line_s_own() -> None:
    opened()
    ada = agent("ada")
    services.lend_agent(line="ukraine", user=ada, by=None, at=AT)
    services.place_agent(line="ukraine", user=ada, by=None, at=AT)
    found = agent_of(ada.pk)
    assert found is not None
    assert (found.own, found.lent) == (("ukraine",), None)


def test_only_who_can_answer_is_placed_on_a_line() -> None:
    services.open_shipped_lines(at=RECEIVED)
    ada = agent("ada")
    with pytest.raises(ActRefused, match="lack a skill that this line needs: parliament"):
        services.place_agent(line="parliamentary", user=ada, by=None, at=AT)
    with pytest.raises(ActRefused, match="which languages"):
        services.place_agent(line="general", user=staff("new"), by=None, at=AT)
    for role in (Role.ANALYST, Role.ADMINISTRATOR, Role.PERSON, Role.PARLIAMENT):
        with pytest.raises(ActRefused, match="Only agents"):
            services.describe_agent(user=staff(role, role), languages=["en"], by=None, at=AT)
    for wrong in (
        {"languages": []},
        {"languages": ["English"]},
        {"languages": ["en"], "skills": ["of Parliament"]},
        {"languages": ["en"], "skills": ["x" * 65]},
        {"languages": ["en"], "capacity": 0},
    ):
        with pytest.raises(ActRefused):
            services.describe_agent(user=ada, by=None, at=AT, **wrong)  # type: ignore[arg-type]
    ada.is_active = False
    ada.save()
    assert selectors.agents() == []
    with pytest.raises(ActRefused, match="who can sign in"):
        services.place_agent(line="general", user=ada, by=None, at=AT)


def test_a_closed_line_stays_to_be_read_and_takes_nothing_new() -> None:
    found = opened()
    for _ in range(2):
        services.close_line(line="ukraine", by=None, at=AT)
    closed = line("ukraine")
    assert (closed.terms, closed.closed_at) == (found.terms, AT)
    assert told(found.id) == ["line.opened", "line.closed"]
    assert closed.takes_contacts_at(AT - timedelta(seconds=1))
    assert not closed.takes_contacts_at(AT)
    assert [one.code for one in selectors.lines_open(RECEIVED)] == ["ukraine"]
    assert selectors.lines_open(AT) == []
    for refused in (
        lambda: services.change_hours(line="ukraine", hours=EVERY_DAY, by=None, at=AT),
        lambda: services.place_agent(line="ukraine", user=agent("ada"), by=None, at=AT),
    ):
        with pytest.raises(ActRefused, match="The line is closed"):
            refused()
    with pytest.raises(ActRefused, match="There is, or was"):
        opened()


def test_the_general_line_is_never_closed_and_no_line_before_it_opened() -> None:
    services.open_shipped_lines(at=RECEIVED)
    with pytest.raises(ActRefused, match="never closed"):
        services.close_line(line="general", by=None, at=AT)
    with pytest.raises(ActRefused, match="before it opened"):
        services.close_line(line="parliamentary", by=None, at=RECEIVED - timedelta(days=1))


def test_a_line_that_there_never_was_is_said_to_be_none() -> None:
    with pytest.raises(UnknownLine, match="no line 'moon'"):
        line("moon")


@pytest.mark.parametrize("role", sorted(STAFF))
def test_supervisors_and_administrators_open_lines_and_nobody_else(role: Role) -> None:
    by, ada = staff("one", role), agent("ada")
    acts = (
        lambda: opened("sudan", by=by),
        lambda: services.change_hours(line="ukraine", hours=EVERY_DAY, by=by, at=AT),
        lambda: services.describe_agent(user=ada, languages=["en"], by=by, at=AT),
        lambda: services.lend_agent(line="ukraine", user=ada, by=by, at=AT),
        lambda: services.return_agent(line="ukraine", user=ada, by=by, at=AT),
        lambda: services.close_line(line="ukraine", by=by, at=AT),
    )
    opened()
    for act in acts:
        if role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
            act()
        else:
            with pytest.raises(ActRefused, match="may not"):
                act()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_of_two_who_open_a_line_at_once_one_is_refused_in_words() -> None:
    answers: list[str] = []

    def open_it() -> None:
        try:
            opened()
            answers.append("opened")
        except ActRefused as refused:
            answers.append(refused.reason.en)
        finally:
            connection.close()

    threads = [Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["There is, or was, a line ukraine. Choose another code."] * 3 + [
        "opened"
    ]

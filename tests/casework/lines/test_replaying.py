"""Lines are made again from the log, with who worked on them and when."""

from datetime import timedelta

import pytest

from parvis.casework.lines import services
from parvis.casework.lines.models import Line, Place
from parvis.casework.lines.replaying import differences, replay
from parvis.casework.lines.selectors import agents_of, line
from tests.casework.lines.opening import agent, opened, terms
from tests.filing import RECEIVED

pytestmark = pytest.mark.django_db
AT = RECEIVED + timedelta(days=1)


def wrong() -> list[str]:
    return [said for _, found in differences() for said in found]


@pytest.fixture(autouse=True)
def _lived() -> None:
    """Have lines to which everything happened."""
    services.open_shipped_lines(at=RECEIVED)
    opened(channels={"email": "ukraine@example.org"})
    ada, zoe = agent("ada"), agent("zoe", "fr")
    for user in (ada, zoe):
        services.place_agent(line="general", user=user, by=None, at=RECEIVED)
        services.lend_agent(line="ukraine", user=user, by=None, at=AT)
    services.return_agent(line="ukraine", user=zoe, by=None, at=AT + timedelta(hours=1))
    services.lend_agent(line="ukraine", user=zoe, by=None, at=AT + timedelta(hours=2))
    services.place_agent(line="ukraine", user=ada, by=None, at=AT + timedelta(hours=3))
    services.change_line(line="ukraine", terms=terms(), by=None, at=AT)
    services.close_line(line="parliamentary", by=None, at=AT)


def rows() -> tuple[list[object], list[object]]:
    lines = Line.objects.order_by("id").values()
    places = Place.objects.order_by("line", "since", "agent", "lent")
    return list(lines), list(places.values("line", "agent", "lent", "since", "until"))


def test_lines_that_nobody_touched_are_as_the_log_says_and_are_made_again_so() -> None:
    assert wrong() == []
    before = rows()
    assert sum(replay()) == 3
    assert rows() == before
    assert wrong() == []
    assert [one.lent for one in agents_of(line("ukraine"))] == [None, "ukraine"]


def test_whatever_was_touched_is_named_and_set_right() -> None:
    before = rows()
    Line.objects.filter(code="general").update(terms=terms("parliamentary").as_data())
    Place.objects.filter(line__code="ukraine", lent=True).update(since=RECEIVED)
    Line.objects.filter(code="parliamentary").delete()
    Line.objects.create(id=10**9, code="moon", terms=terms().as_data(), opened_at=AT)
    assert sorted(wrong()) == [
        "line general: not as the log says",
        "line moon: among the lines, and not in the log",
        "line parliamentary: in the log, and not among the lines",
        "line ukraine: who works on it is not as the log says",
    ]
    list(replay())
    assert wrong() == []
    assert rows() == before

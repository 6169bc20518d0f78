"""What waits on a line that closes goes on with the general line, and loses no place."""

from datetime import timedelta

import pytest

from parvis.casework.enquiries import facts
from parvis.casework.enquiries.closed_lines import take_over
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.status import Status
from parvis.casework.events import log
from parvis.casework.lines import services as lines
from parvis.jobs.tasks.enquiries import sweep
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.casework.lines.opening import opened

pytestmark = pytest.mark.django_db


def test_what_waits_on_a_closed_line_is_answered_by_the_general_one() -> None:
    open_lines()
    opened("ukraine", channels={"email": "ukraine@parvis.example.org"})
    nora, otto = at_work(), at_work("otto", on="ukraine")
    to = ("ukraine@parvis.example.org",)
    in_hand, waits, later, elsewhere = (
        came(mail(f"{n}", to=to if n < 3 else (), address=f"{n}@example.net")) for n in range(4)
    )
    assert given(otto).pk == in_hand.pk
    Conversation.objects.filter(pk=later.pk).update(
        status=Status.LATER, returns_at=AT + timedelta(days=9)
    )
    closed_at = AT + timedelta(hours=1)
    assert take_over(at=closed_at) == 0
    lines.close_line(line="ukraine", by=None, at=closed_at)
    assert take_over(at=closed_at) == 2
    assert take_over(at=closed_at) == 0
    on = dict(Conversation.objects.values_list("pk", "line"))
    assert on == {
        in_hand.pk: "ukraine",
        waits.pk: "general",
        later.pk: "general",
        elsewhere.pk: "general",
    }
    row = Conversation.objects.get(pk=waits.pk)
    assert (row.promised_at, row.status) == (elsewhere.promised_at, Status.WAITING)
    assert log.history(waits.pk)[-1].fact == facts.EnquiryTransferred(line="general")
    assert {given(nora, closed_at).pk, given(nora, closed_at).pk} == {waits.pk, elsewhere.pk}
    assert log.history(later.pk)[-1].fact == facts.EnquiryTransferred(line="general")
    kept = Conversation.objects.get(pk=later.pk)
    assert (kept.status, kept.returns_at) == (Status.LATER, AT + timedelta(days=9))


def test_the_sweep_sees_to_it_within_a_minute() -> None:
    open_lines()
    opened("ukraine", channels={"email": "ukraine@parvis.example.org"})
    waits = came(mail(to=("ukraine@parvis.example.org",)))
    lines.close_line(line="ukraine", by=None, at=AT)
    sweep(timestamp=0)
    waits.refresh_from_db()
    assert waits.line == "general"

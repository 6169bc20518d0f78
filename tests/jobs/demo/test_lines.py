"""The demo's lines: five on the morning of the note, and no line before its day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.casework.lines.selectors import agents_of, lines
from parvis.jobs.demo.department import fill

MORNING = datetime(2024, 1, 12, 14, tzinfo=UTC)


@pytest.mark.django_db
def test_the_department_has_its_lines_three_for_crises_and_who_answers_there() -> None:
    fill(now=MORNING)
    found = {one.code: one for one in lines()}
    assert set(found) == {
        *("general", "parliamentary", "afghanistan", "ukraine", "israel-west-bank-gaza")
    }
    assert found["israel-west-bank-gaza"].opened_at.date() == date(2023, 12, 21)
    assert all(agents_of(one) for one in found.values())
    for one in found.values():
        spoken = {language for agent in agents_of(one) for language in agent.languages}
        assert {"en", "fr"} <= spoken


@pytest.mark.django_db
def test_a_department_of_an_earlier_day_has_no_line_that_was_not_opened_yet() -> None:
    fill(now=MORNING - timedelta(days=60))
    assert "israel-west-bank-gaza" not in {one.code for one in lines()}

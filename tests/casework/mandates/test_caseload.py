"""All clients' files of who holds mandates: in their order, sifted, and fast for thousands."""

from datetime import date, timedelta

import pytest

from parvis.casework.applications.caseload import Asked, Caseload, caseload
from parvis.casework.mandates.status import MandateKind
from parvis.casework.people.models import User
from parvis.programs.vocabulary import Turn
from tests.casework.mandates.giving import AT, held, person, terms
from tests.filing import ASK, OPEN, WAYS, Act, client, filed

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=60)


def ask(due_on: date | None) -> Act:
    return ("ask_client", {**ASK[1], "due_on": due_on})


@pytest.fixture
def rita() -> User:
    return person()


def client_of(rita: User, name: str) -> int:
    """Return a client who gave Rita a mandate."""
    user, subject = client(f"{name.split(maxsplit=1)[0].lower()}@example.org", name=name)
    held(user, rita)
    return subject


def numbers(found: Caseload) -> list[str]:
    return [one.file.number for one in found.files]


def test_the_clients_turn_comes_first_then_what_is_due_first(rita: User) -> None:
    sam, mina = client_of(rita, "Sam Sample"), client_of(rita, "Mina Specimen")
    over = filed(*WAYS["approved"], client=sam)
    ours = filed(OPEN, client=mina)
    partners = filed(*WAYS["with_partner"], client=sam)
    some_day = filed(ask(None), client=sam)
    later = filed(ask(date(2024, 4, 1)), client=sam)
    soon = filed(ask(date(2024, 3, 1)), client=mina)
    found = caseload(rita, Asked(), now=NOW)
    expected = [soon, later, some_day, ours, partners, over]
    assert numbers(found) == [one.number for one in expected]
    assert [one.due_on for one in found.files][:3] == [date(2024, 3, 1), date(2024, 4, 1), None]
    assert [one.overdue for one in found.files] == [True] + [False] * 5
    assert found.files[0].file.client_name == "Mina Specimen"


def test_what_was_answered_is_no_longer_due(rita: User) -> None:
    answered = ("receive_answer", {"document": "police-certificate"})
    filed(ask(date(2024, 3, 1)), answered, client=client_of(rita, "Sam Sample"))
    [one] = caseload(rita, Asked(), now=NOW).files
    assert (one.due_on, one.overdue) == (None, False)


def test_filters_sift_and_count(rita: User) -> None:
    sam, mina = client_of(rita, "Sam 100% Sample"), client_of(rita, "Mina Spécimen")
    late = filed(ask(date(2024, 3, 1)), client=sam)
    ours = filed(OPEN, client=mina, program="work-permit")
    asked = {
        Asked(turn=Turn.CLIENT): [late],
        Asked(turn=Turn.DEPARTMENT): [ours],
        Asked(turn=Turn.NOBODY): [],
        Asked(program="work-permit"): [ours],
        Asked(overdue=True): [late],
        Asked(search="SPÉCI"): [ours],
        Asked(search="100%"): [late],
        Asked(search="%"): [late],
        Asked(search="_"): [],
        Asked(search="a\0b\\"): [],
        Asked(search=late.number.lower()): [late],
        Asked(search=f" {ours.number} ", turn=Turn.CLIENT): [],
        Asked(search="P" + "9" * 19): [],
    }
    for one, expected in asked.items():
        found = caseload(rita, one, now=NOW)
        assert numbers(found) == [file.number for file in expected], one
        assert found.count == len(expected)


def test_pages_cut_the_one_order(rita: User) -> None:
    sam = client_of(rita, "Sam Sample")
    for n in range(7):
        filed(ask(date(2024, 3, 7 - n)), client=sam)
    whole = numbers(caseload(rita, Asked(), now=NOW))
    parts = [caseload(rita, Asked(), now=NOW, most=3, skip=skip) for skip in (0, 3, 6, 9)]
    assert [number for part in parts for number in numbers(part)] == whole
    assert [part.count for part in parts] == [7, 7, 7, 0]


def test_only_what_a_mandate_covers_is_there_and_nothing_of_ones_own(rita: User) -> None:
    user, sam = client("sam@example.org", name="Sam Sample")
    covered, _ = filed(client=sam), filed(client=sam)
    held(user, rita, terms(MandateKind.THIRD_PARTY, applications=(covered.id,)))
    _, eve = client("eve@example.org")
    filed(client=eve)
    assert numbers(caseload(rita, Asked(), now=NOW)) == [covered.number]
    assert caseload(user, Asked(), now=NOW).count == 0

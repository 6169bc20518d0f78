"""Opening the new door: who is in stays in, everybody else is told where theirs is, at once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from parvis.casework.applications.models import Adult
from parvis.casework.cohorts import selectors
from parvis.casework.cohorts.models import Cohort, Counted, SignIn
from parvis.casework.cohorts.selectors import Fared, cohorts, is_open_for, opening
from parvis.casework.cohorts.services import (
    DayCounted,
    count_days,
    name_more,
    open_to,
    raise_to,
    record_sign_in,
    stop,
)
from parvis.casework.cohorts.status import WHOLE, CohortKind, Door
from parvis.casework.events import log
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.roles import Role
from parvis.casework.people.services import NewClient, register_clients
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.filing import RECEIVED, client, filed

pytestmark = pytest.mark.django_db
AT = RECEIVED + timedelta(days=1)


def many(count: int) -> list[int]:
    new = [NewClient("Example", "en", RECEIVED)] * count
    return register_clients(clients=new, by="test")


def inside() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM people_client p WHERE EXISTS (SELECT FROM cohorts_cohort c"
            " WHERE c.stopped_at IS NULL AND parvis_is_of(c.id, p.id))"
        )
        return {row[0] for row in cursor.fetchall()}


def opened(share: int) -> int:
    return open_to(kind=CohortKind.SHARE, share=share, by=None, at=AT)


def test_a_new_house_is_open_to_everybody() -> None:
    user, _ = client("ada@example.org")
    assert is_open_for(user.pk)
    assert opening().everybody
    assert opening().inside == opening().clients == 1


def test_a_share_of_clients_is_let_in_and_who_is_in_stays_in_as_it_grows() -> None:
    many(2_000)
    cohort, before = opened(1_000), set[int]()
    for share in (1_000, 2_500, 6_000, WHOLE):
        if share > 1_000:
            raise_to(cohort=cohort, share=share, by=None, at=AT)
        now = inside()
        assert before <= now
        # Three standard deviations of so many draws.
        assert abs(len(now) - share / 5) <= 3 * (2_000 * share / WHOLE * (1 - share / WHOLE)) ** 0.5
        before = now
    assert len(before) == 2_000


def test_another_opening_draws_others() -> None:
    many(500)
    first = opened(3_000)
    drawn = inside()
    stop(cohort=first, by=None, at=AT)
    assert inside() == set()
    opened(3_000)
    assert inside() != drawn


def test_stopping_closes_the_door_at_once_to_everybody_whom_no_other_opening_lets_in() -> None:
    user, ada = client("ada@example.org")
    filed(client=ada)
    all_, program = (
        opened(WHOLE),
        open_to(kind=CohortKind.PROGRAM, program="study-permit", by=None, at=AT),
    )
    stop(cohort=all_, by=None, at=AT)
    assert is_open_for(user.pk)
    stop(cohort=program, by=None, at=AT)
    assert not is_open_for(user.pk)


def test_a_program_lets_its_clients_in_and_the_adults_on_their_applications() -> None:
    (ada, adas), (zoe, zoes) = client("ada@example.org"), client("zoe@example.org")
    bob, bobs = client("bob@example.org")
    Adult.objects.create(application=filed(client=adas).pk, client_id=bobs)
    file = filed(client=zoes, program="work-permit")
    open_to(kind=CohortKind.PROGRAM, program="work-permit", by=None, at=AT)
    assert [is_open_for(one.pk) for one in (ada, zoe, bob)] == [False, True, False]
    Adult.objects.create(application=file.pk, client_id=bobs)
    assert is_open_for(bob.pk)


def test_a_list_lets_in_who_is_named_and_takes_more() -> None:
    (ada, adas), (zoe, zoes) = client("ada@example.org"), client("zoe@example.org")
    cohort = open_to(kind=CohortKind.LIST, clients=[adas], by=None, at=AT)
    assert (is_open_for(ada.pk), is_open_for(zoe.pk)) == (True, False)
    name_more(cohort=cohort, clients=[adas, zoes], by=None, at=AT)
    assert is_open_for(zoe.pk)
    with pytest.raises(ActRefused, match="Not known"):
        name_more(cohort=cohort, clients=[10**9], by=None, at=AT)


def test_who_is_no_client_has_no_other_door() -> None:
    opened(1)
    for role in (Role.PERSON, Role.PARLIAMENT, Role.OFFICER):
        user = User.objects.create_user(f"{role}@example.org", role=role, joined_at=RECEIVED)
        assert is_open_for(user.pk)


def test_who_is_in_is_told_behind_the_second_wall_too(request: pytest.FixtureRequest) -> None:
    user, ada = client("ada@example.org")
    filed(client=ada)
    open_to(kind=CohortKind.PROGRAM, program="study-permit", by=None, at=AT)
    request.getfixturevalue("wall")
    assert is_open_for(user.pk)


@pytest.mark.parametrize("share", [0, -5, WHOLE + 1, None])
def test_what_is_no_share_is_refused(share: int | None) -> None:
    with pytest.raises(ActRefused):
        open_to(kind=CohortKind.SHARE, share=share, by=None, at=AT)
    assert not Cohort.objects.exists()


def test_a_share_never_shrinks_and_what_was_stopped_never_grows() -> None:
    cohort = opened(2_000)
    for share in (2_000, 1_000):
        with pytest.raises(ActRefused, match="Give more than now"):
            raise_to(cohort=cohort, share=share, by=None, at=AT)
    stop(cohort=cohort, by=None, at=AT)
    with pytest.raises(ActRefused, match="stopped"):
        raise_to(cohort=cohort, share=3_000, by=None, at=AT)


@pytest.mark.parametrize("role", sorted(Role))
def test_supervisors_and_administrators_open_the_door_and_nobody_else(role: Role) -> None:
    user = User.objects.create_user("one@example.org", role=role, joined_at=RECEIVED)
    if role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        open_to(kind=CohortKind.SHARE, share=1, by=user, at=AT)
        return
    with pytest.raises(ActRefused):
        open_to(kind=CohortKind.SHARE, share=1, by=user, at=AT)


def test_everything_that_is_done_about_a_door_is_a_fact() -> None:
    cohort = opened(1_000)
    raise_to(cohort=cohort, share=2_000, by=None, at=AT)
    stop(cohort=cohort, by=None, at=AT)
    stop(cohort=cohort, by=None, at=AT)
    kinds = [one.fact.KIND for one in log.history(cohort)]
    assert kinds == ["door.opened", "door.raised", "door.stopped"]
    [line] = cohorts()
    assert (line.share, line.stopped_at) == (2_000, AT)


def test_sign_ins_of_people_outside_are_counted_and_never_change() -> None:
    user, _ = client("ada@example.org")
    officer = User.objects.create_user("o@example.org", role=Role.OFFICER, joined_at=RECEIVED)
    for one in (user, officer):
        record_sign_in(user=one, let_in=True, at=AT)
    assert SignIn.objects.get().user == user.pk
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SignIn.objects.update(let_in=False)


def test_both_doors_stand_side_by_side_week_by_week() -> None:
    user, _ = client("ada@example.org")
    zone = ZoneInfo("America/Toronto")
    monday = datetime(2024, 1, 15, 12, tzinfo=UTC)
    for day, let_in in ((0, True), (6, True), (6, False), (7, True)):
        record_sign_in(user=user, let_in=let_in, at=monday + timedelta(days=day))
    days = [
        DayCounted(Door.OLD, date(2024, 1, 16), {"sign_ins": 200, "tasks": 20, "enquiries": 30}),
        DayCounted(Door.OLD, date(2024, 1, 17), {"ratings": 8, "easy": 2}),
        DayCounted(Door.NEW, date(2024, 1, 16), {"enquiries": 1}),
    ]
    count_days(days=days, by=None, at=monday)
    count_days(days=days, by=None, at=monday)  # told again, it is told once
    assert Counted.objects.count() == 3
    first, second = selectors.weeks(since=monday, until=monday + timedelta(days=14), zone=zone)
    assert first.first == date(2024, 1, 15)
    assert first.new == Fared(sign_ins=2, tasks=0, enquiries=1, ratings=0, easy=0)
    assert first.old == Fared(sign_ins=200, tasks=20, enquiries=30, ratings=8, easy=2)
    assert (first.old.a_hundred(20), first.old.satisfied, first.new.satisfied) == (10, 0.25, None)
    assert (second.new.sign_ins, second.old) == (1, Fared())

"""All that is held: every fact in order, who did it in plain words, what is withheld and why."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from parvis.casework.accesses.services import record_access, record_taking
from parvis.casework.applications import services
from parvis.casework.applications.selectors import files_of
from parvis.casework.documents.services import answer_request, keep
from parvis.casework.people.policies import OF_THE_HOUSE, Act, Capacity, Relation
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.lib.dates import moment
from parvis.lib.text import LANGUAGES, Text
from parvis.programs import loader
from parvis.programs.grounds import NOT_REVIEWED, grounds
from parvis.programs.schema import Program
from parvis.readers.held.file import held_page
from parvis.readers.held.looks import looks_page
from parvis.readers.held.page import Doer, HeldPage
from parvis.readers.held.words import looked
from tests.casework.mandates.giving import held, person
from tests.filing import ASK, OPEN, PASSWORD, RECEIVED, client, filed, officer, seen
from tests.sending import disk, opened, pdf  # noqa: F401 - a fixture
from tests.taking import LATER, answered, of_another_system, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
EXAMPLES = Path(__file__).parents[3] / "examples"
HIDDEN = """
    Phone the garage:
      name: {en: Call, fr: Appel}
      officer_only: true
    Ask the police:
      name: {en: Police, fr: Police}
      officer_only: true
      ground: investigation
"""


@pytest.fixture
def hiding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return a program of another system with two activities that officers alone see."""
    monkeypatch.setenv("PARVIS_HOME", str(tmp_path))
    own = next(EXAMPLES.rglob("road-fine.yaml")).read_text()
    path = tmp_path / "road-fine.yaml"
    path.write_text(own.rstrip() + HIDDEN)
    return loader.adopt(path)


def test_every_fact_is_there_as_it_happened_with_both_its_times() -> None:
    one = answered()
    promised(one)
    page = held_page(seen(one.application), LATER)
    kinds = [entry.kind.partition(".")[2] for entry in page.entries]
    assert kinds == ["received", "section-opened", "client-asked", "client-answered", "date-given"]
    assert [entry.happened.at for entry in page.entries] == sorted(
        entry.happened.at for entry in page.entries
    )
    assert all(entry.recorded.at >= entry.happened.at for entry in page.entries)
    assert page.entries[0].same_day is False
    assert page.counted == Text(
        en="We hold 5 entries, and 2 documents that you sent.",
        fr="Nous détenons 5 inscriptions et 2 documents de votre part.",
    )


def test_documents_requests_and_dates_have_their_own_lists() -> None:
    one = answered()
    promised(one)
    page = held_page(seen(one.application), LATER)
    assert [line.what.fr for line in page.documents] == ["PDF, 1\xa0Ko", "PNG, 1\xa0Ko"]
    assert all(line.kept for line in page.documents)
    [asked] = page.asked
    assert asked.outcome == Text(
        en="Answered on 22 January 2024.", fr="Répondu le 22 janvier 2024."
    )
    [given] = page.given
    assert given.sentence.en == "10 of 20 by 3 May 2024. 16 of 20 by 20 June 2024."


def test_contents_that_are_gone_are_said_to_be(disk: Path) -> None:  # noqa: F811 - that fixture
    one = answered()
    page = held_page(seen(one.application), LATER)
    next(disk.rglob(page.documents[0].sha256)).unlink()
    again = held_page(seen(one.application), LATER)
    assert [line.kept for line in again.documents] == [False, True]


@pytest.mark.parametrize(
    ("role", "doer"),
    [
        (Role.AGENT, Doer.AGENT),
        (Role.OFFICER, Doer.OFFICER),
        (Role.SUPERVISOR, Doer.SUPERVISOR),
        (Role.ANALYST, Doer.STAFF),
        (Role.PERSON, Doer.ADULT),
    ],
)
def test_who_did_it_is_a_role(role: Role, doer: Doer) -> None:
    one = answered()
    user = add_user(email="x@example.org", password=PASSWORD, role=role, at=RECEIVED)
    services.complete_section(
        application=one.application, section="background", by=user.ref, at=LATER
    )
    services.transfer(application=one.application, office="vac-manila", by="user:999999", at=LATER)
    doers = [entry.doer for entry in held_page(seen(one.application), LATER).entries]
    assert doers[-3:] == [Doer.YOU, doer, Doer.STAFF]
    assert doers[0] is Doer.SYSTEM


def test_no_name_reference_or_address_of_staff_is_told() -> None:
    one = answered()
    user = officer("secret.name@example.org")
    services.complete_section(
        application=one.application, section="background", by=user.ref, at=LATER
    )
    told = repr(held_page(seen(one.application), LATER))
    assert "secret.name" not in told
    assert user.ref not in told


def test_what_officers_alone_see_is_counted_by_ground_and_never_told(hiding: Program) -> None:
    events = ("Create Fine", "Phone the garage", "Ask the police", "Phone the garage", "Send Fine")
    page = held_page(seen(of_another_system(hiding, *events)), LATER)
    assert [line.sentence.en for line in page.entries] == ["Fine recorded", "Fine sent"]
    assert [entry.doer for entry in page.entries] == [Doer.OTHER_SYSTEM] * 2
    assert [(line.ground, line.count) for line in page.withheld] == [
        ("investigation", 1),
        (NOT_REVIEWED, 2),
    ]
    assert page.withheld[0].sections == Text(
        en="Privacy Act, paragraph 22(1)(b); Access to Information Act, paragraph 16(1)(c).",
        fr="Loi sur la protection des renseignements personnels, alinéa\xa022(1)b)\xa0;"
        " Loi sur l’accès à l’information, alinéa\xa016(1)c).",
    )
    assert page.withheld[1].sections.en.startswith("Your right: Privacy Act, subsection 12(1);")
    assert page.withheld[1].counted.fr == "2 inscriptions"
    for secret in ("Phone", "Call", "Police", "Appel"):
        assert secret not in repr(page)


def test_a_ground_that_is_none_or_hides_nothing_is_a_mistake(hiding: Program) -> None:
    from parvis.programs.checks import contradictions  # noqa: PLC0415

    known = hiding.history.activities["Ask the police"]

    def said(**changed: object) -> list[str]:
        activities = {"x": known.model_copy(update=changed)}
        history = hiding.history.model_copy(update={"activities": activities})
        return [why for _, why in contradictions(hiding.model_copy(update={"history": history}))]

    assert said() == []
    assert "is none; a ground is one of: international" in said(ground="whim")[0]
    assert "its client sees this" in said(officer_only=False)[0]


def test_every_ground_cites_both_acts_and_where_they_stand() -> None:
    assert NOT_REVIEWED in grounds()
    for ground in grounds().values():
        assert ground.privacy_act
        assert ground.access_to_information_act
        assert f"section-{ground.privacy_act.partition('(')[0]}.html" in ground.source.en
        assert f"article-{ground.privacy_act.partition('(')[0]}.html" in ground.source.fr


def test_who_looked_comes_by_day_fifty_at_a_time_in_one_query(
    django_assert_num_queries: object,
) -> None:
    one = seen(filed())
    user = officer()
    for n in range(51):
        record_access(
            application=one.id,
            user=user,
            relation=Relation(Capacity.OFFICER),
            act=Act.SEE,
            at=LATER + timedelta(hours=n),
        )
    with django_assert_num_queries(1):  # type: ignore[operator]
        first = looks_page(one)
    assert sum(len(day.lines) for day in first.days) == 50
    assert [day.on.on for day in first.days] == sorted(
        (day.on.on for day in first.days), reverse=True
    )
    assert first.next is not None
    then = looks_page(one, before=first.next)
    [day] = then.days
    assert (len(day.lines), then.next, then.first) == (1, None, False)
    assert day.lines[0].sentence == Text(
        en="An officer read your application.", fr="Un agent a consulté votre demande."
    )


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("act", Act)
def test_every_way_to_look_is_a_short_sentence(capacity: Capacity, act: Act) -> None:
    said = looked(capacity, act, by_reader=False)
    for language in LANGUAGES:
        assert said[language].endswith(".")
        assert len(said[language].split()) <= 16


def test_who_answered_under_a_mandate_is_told_as_a_representative() -> None:
    ada, subject = client("ada@example.org")
    rita, application = person(), filed(OPEN, ASK, client=subject)
    held(ada, rita)
    answer_request(
        application=application.id,
        document="police-certificate",
        files=[keep(opened(pdf()))],
        by=rita,
        at=LATER,
    )
    [file] = files_of(ada)
    entries = held_page(file, LATER).entries
    assert [entry.doer for entry in entries if "answered" in entry.kind] == [Doer.REPRESENTATIVE]


def test_of_two_adults_each_is_told_of_themselves_and_of_the_other() -> None:
    one = answered()
    eve, other = client("eve@example.org", name="Eve Example")
    services.add_adult(application=one.application.pk, client=other, by="test", at=LATER)
    [file] = files_of(eve)
    record_taking(application=file.id, user=eve, relation=file.relation, at=LATER)
    page = held_page(file, LATER)
    assert page.you is not None
    assert (page.you.name, page.you.email) == ("Eve Example", "eve@example.org")
    assert [entry.doer for entry in page.entries if "answered" in entry.kind] == [Doer.ADULT]
    assert page.looks.days[0].lines[0].sentence.en.startswith("You downloaded")
    [file] = files_of(one.user)
    page = held_page(file, LATER)
    assert page.you is not None
    assert page.you.name == "Ada Example"
    assert [entry.doer for entry in page.entries if "answered" in entry.kind] == [Doer.YOU]
    assert page.looks.days[0].lines[0].sentence.en == (
        "Another adult on the application made a copy of your whole file."
    )


def test_the_house_is_told_like_anybody() -> None:
    one = seen(filed())
    record_access(application=one.id, user=None, relation=OF_THE_HOUSE, act=Act.SEE_NOTES, at=LATER)
    [day] = looks_page(one).days
    assert day.lines[0].sentence.en == (
        "Somebody who runs our systems read your application and our notes."
    )


def test_times_are_written_as_each_language_does() -> None:
    told = moment(RECEIVED, loader.program("study-permit").time_zone)
    assert told.time == Text(en="10:00", fr="10\xa0h\xa000")


def test_a_page_is_frozen_and_holds_no_row() -> None:
    page = held_page(seen(answered().application), LATER)
    assert {field.name for field in fields(HeldPage)} == set(page.__dataclass_fields__)
    hash(page)

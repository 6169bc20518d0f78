"""Giving, accepting, declining and ending mandates: one act, one fact, on the client."""

from datetime import datetime, timedelta

import pytest

from parvis.casework.applications.mandating import give_mandate
from parvis.casework.events import log
from parvis.casework.mandates.listing import mandate_seen_by
from parvis.casework.mandates.models import Mandate
from parvis.casework.mandates.services import accept_mandate, decline_mandate, end_mandate
from parvis.casework.mandates.status import MandateKind, MandateState
from parvis.casework.mandates.terms import FURTHEST, MandateRefused, Terms
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused
from parvis.casework.people.roles import STAFF, Role
from tests.casework.mandates.giving import ADDRESS, AT, given, held, person, terms
from tests.filing import client, filed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ada() -> User:
    return client("ada@example.org")[0]


def facts_on(user: User) -> list[str]:
    return [one.fact.KIND for one in log.history(user.client.pk)][1:]


def state(mandate: int, now: datetime = AT) -> MandateState:
    return Mandate.objects.get(pk=mandate).state(now)


def test_a_mandate_is_given_accepted_and_ended_and_each_is_one_fact(ada: User) -> None:
    rita = person()
    mandate = given(ada)
    assert state(mandate) is MandateState.OFFERED
    accept_mandate(mandate=mandate, by=rita, at=AT)
    assert state(mandate) is MandateState.IN_FORCE
    end_mandate(mandate=mandate, by=ada, at=AT + DAY)
    assert state(mandate) is MandateState.ENDED
    assert facts_on(ada) == [
        "client.mandate-given",
        "client.mandate-accepted",
        "client.mandate-ended",
    ]
    history = log.history(ada.client.pk)
    assert [one.by for one in history][1:] == [ada.ref, rita.ref, ada.ref]
    assert "example.org" not in repr(history)
    assert "Ada" not in repr(history)


def test_each_act_done_twice_is_done_once(ada: User) -> None:
    rita = person()
    mandate = given(ada)
    assert given(ada) == mandate
    assert given(ada, terms(acts=frozenset({Act.SEE}))) != mandate
    for _ in range(2):
        accept_mandate(mandate=mandate, by=rita, at=AT)
    for by in (rita, rita, ada):
        end_mandate(mandate=mandate, by=by, at=AT)
    other = given(ada)
    assert other != mandate
    for _ in range(2):
        decline_mandate(mandate=other, by=rita, at=AT)
    assert facts_on(ada).count("client.mandate-accepted") == 1
    assert facts_on(ada).count("client.mandate-ended") == 1
    assert facts_on(ada).count("client.mandate-declined") == 1


def test_the_same_mandate_is_one_though_it_began_meanwhile(ada: User) -> None:
    first = given(ada)
    later = AT + timedelta(minutes=5)
    assert given(ada, terms(begins_at=later), at=later) == first


@pytest.mark.parametrize(
    ("said", "field", "because"),
    [
        (terms(address="ada@example.org"), "address", "your own address"),
        (terms(address="nobody"), "address", "e-mail address"),
        (terms(address="a\x07@example.org"), "address", "cannot be seen"),
        (terms(address="rita@exa\u202emple.org"), "address", "cannot be seen"),
        (terms(address="ri\u200bta@example.org"), "address", "cannot be seen"),
        (terms(address="r" * 250 + "@example.org"), "address", "e-mail address"),
        (terms(acts=frozenset()), "acts", "what they may do"),
        (terms(acts=frozenset({Act.ANSWER})), "acts", "what they may do"),
        (terms(acts=frozenset({Act.SEE, Act.MANDATE})), "acts", "Only a representative"),
        (
            terms(MandateKind.THIRD_PARTY, acts=frozenset({Act.SEE, Act.ANSWER})),
            "acts",
            "Only a representative",
        ),
        (terms(applications=()), "applications", "at least one"),
        (terms(applications=(10**9,)), "applications", "not yours"),
        (terms(begins_at=AT - DAY), "begins", "past"),
        (terms(begins_at=AT + FURTHEST + DAY), "begins", "ten years"),
        (terms(ends_at=AT - DAY), "ends", "before the first"),
        (terms(ends_at=AT), "ends", "before the first"),
        (terms(ends_at=AT + FURTHEST + DAY), "ends", "ten years"),
    ],
)
def test_what_is_wrong_is_a_sentence_at_its_field(
    ada: User, said: Terms, field: str, because: str
) -> None:
    with pytest.raises(MandateRefused) as refused:
        given(ada, said)
    [wrong] = refused.value.wrongs
    assert wrong.field == field
    assert because in wrong.reason.en
    assert wrong.reason.fr != wrong.reason.en
    assert facts_on(ada) == []


def test_somebody_elses_application_is_not_ones_to_give(ada: User) -> None:
    _, other = client("eve@example.org")
    with pytest.raises(MandateRefused, match="not yours"):
        given(ada, terms(applications=(filed(client=other).id,)))


def test_who_is_no_client_gives_none_and_neither_does_another_client(ada: User) -> None:
    with pytest.raises(ActRefused):
        given(person())
    eve, _ = client("eve@example.org")
    mandate = given(ada)
    with pytest.raises(ActRefused):
        end_mandate(mandate=mandate, by=eve, at=AT)


def test_only_who_signs_in_with_the_address_answers_it(ada: User) -> None:
    mandate, eve = given(ada), person("eve@example.org")
    for act in (accept_mandate, decline_mandate, end_mandate):
        with pytest.raises(ActRefused, match="not yours"):
            act(mandate=mandate, by=eve, at=AT)
    assert mandate_seen_by(eve, mandate, now=AT) is None


@pytest.mark.parametrize("kind", MandateKind)
@pytest.mark.parametrize("role", Role)
def test_each_kind_is_held_by_one_role_and_none_by_staff(
    ada: User, kind: MandateKind, role: Role
) -> None:
    holder = person(role=role)
    mandate = given(ada, terms(kind))
    fits = role is (Role.PARLIAMENT if kind is MandateKind.PARLIAMENT else Role.PERSON)
    if fits:
        accept_mandate(mandate=mandate, by=holder, at=AT)
        assert state(mandate) is MandateState.IN_FORCE
        return
    with pytest.raises(ActRefused):
        accept_mandate(mandate=mandate, by=holder, at=AT)
    if role in STAFF:
        with pytest.raises(ActRefused):
            decline_mandate(mandate=mandate, by=holder, at=AT)
    assert state(mandate) is MandateState.OFFERED


def test_what_is_over_is_not_accepted_and_what_is_accepted_is_not_declined(ada: User) -> None:
    rita = person()
    taken_back, expired = given(ada), given(ada, terms(ends_at=AT + DAY))
    end_mandate(mandate=taken_back, by=ada, at=AT)
    for mandate in (taken_back, expired):
        for act in (accept_mandate, decline_mandate):
            with pytest.raises(ActRefused, match="has ended"):
                act(mandate=mandate, by=rita, at=AT + DAY)
    accepted = held(ada, rita)
    with pytest.raises(ActRefused, match="End it instead"):
        decline_mandate(mandate=accepted, by=rita, at=AT)


def test_giving_looks_nobody_up(ada: User) -> None:
    there = give_mandate(terms=terms(address=person().email), by=ada, at=AT)
    nowhere = give_mandate(terms=terms(address="nobody@example.org"), by=ada, at=AT)
    assert (there.again, nowhere.again) == (False, False)
    assert Mandate.objects.filter(address=ADDRESS, user=None).exists()

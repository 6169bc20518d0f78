"""A telephone system tells of calls: once each, in any order; what is wrong is told one by one."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from hypothesis import given
from schemathesis import Case
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from parvis.casework.contacts.models import ContactEvent
from parvis.casework.people.policies import Act
from tests.api.test_fuzz import bounded, described  # noqa: F401 - a fixture
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.contacts.telling import ANSWERED, told
from tests.casework.keys.making import a_key, another_system, with_key
from tests.filing import client, officer

pytestmark = pytest.mark.django_db
ADDRESS = "/api/contact-events"
EVENTS = [told("c1", kind, s, line="general", caller="+16135550100") for kind, s in ANSWERED]


@pytest.fixture
def telephone() -> Browser:
    return with_key(a_key(another_system("acd"), Act.RECORD_CONTACTS).secret)


def post(browser: Browser, events: object, **asked: str) -> HttpResponse:
    body = json.dumps({"events": events})
    answer: HttpResponse = browser.post(
        ADDRESS, body, content_type="application/json", query_params=asked
    )
    return answer


def recorded(browser: Browser, events: object, **asked: str) -> dict[str, Any]:
    answer = post(browser, events, **asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_events_are_kept_once_under_the_code_of_whose_key_it_is(telephone: Browser) -> None:
    assert recorded(telephone, EVENTS[:2]) == {"added": 2, "unchanged": 0, "rejected": []}
    assert recorded(telephone, [*EVENTS, EVENTS[0]]) == {
        "added": 2,
        "unchanged": 3,
        "rejected": [],
    }
    rows = ContactEvent.objects.order_by("at")
    assert {row.source for row in rows} == {"acd"}
    assert [row.kind for row in rows] == [kind for kind, _ in ANSWERED]


@pytest.mark.usefixtures("wall")
def test_a_door_behind_the_wall_takes_them_too(telephone: Browser) -> None:
    assert recorded(telephone, EVENTS)["added"] == 4


def test_what_is_wrong_with_one_holds_up_none_and_is_told_in_both_languages(
    telephone: Browser,
) -> None:
    mixed = [EVENTS[0], EVENTS[1] | {"at": "soon"}, 7, EVENTS[2], {"event_id": "x"}]
    found = recorded(telephone, mixed, lang="fr")
    assert found["added"] == 2
    assert [(one["index"], one["field"]) for one in found["rejected"]] == [
        (1, "at"),
        (2, None),
        (4, "contact_id"),
    ]
    assert found["rejected"][0]["reason"].startswith("Donnez un moment et son fuseau horaire")
    again = recorded(telephone, mixed, lang="en")
    assert (again["added"], again["unchanged"]) == (0, 2)
    assert again["rejected"][2]["reason"] == "This field is missing."


def test_a_batch_is_of_one_event_to_a_thousand(telephone: Browser) -> None:
    assert post(telephone, []).status_code == 422
    assert post(telephone, EVENTS * 251).status_code == 422
    assert recorded(telephone, EVENTS * 250)["unchanged"] == 996
    assert telephone.post(ADDRESS, "{", content_type="application/json").status_code == 400


def test_nobody_else_tells_of_calls() -> None:
    other_key = with_key(a_key(another_system("archive"), Act.OPEN_FIGURES).secret)
    staff, someone = Browser(), Browser()
    staff.force_login(officer())
    someone.force_login(client("ada@example.org")[0])
    for browser in (other_key, staff, someone):
        assert post(browser, EVENTS).status_code == 403
    assert post(Browser(), EVENTS).status_code == 401
    assert ContactEvent.objects.count() == 0


def test_a_key_for_calls_opens_no_file(telephone: Browser) -> None:
    assert telephone.get("/api/applications/W000000017").status_code == 404
    assert telephone.get("/api/service-standards/files", {"kind": "late"}).status_code == 403


def test_whatever_is_sent_is_answered_as_described(
    described: BaseSchema,  # noqa: F811 - that fixture
) -> None:
    secret = a_key(another_system("acd"), Act.RECORD_CONTACTS).secret

    @bounded
    @given(case=described["/api/contact-events"]["POST"].as_strategy())
    def send(case: Case) -> None:
        case.call_and_validate(
            headers={"Authorization": f"Bearer {secret}"},
            excluded_checks=[ignored_auth, positive_data_acceptance],
        )

    send()

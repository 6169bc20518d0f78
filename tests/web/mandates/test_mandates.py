"""The pages about mandates: giving, answering, ending, and what holders see in between."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.mandates import firms
from parvis.casework.mandates.models import Mandate
from parvis.casework.mandates.status import MandateKind
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act
from parvis.casework.people.roles import STAFF, Role
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from tests.casework.mandates.giving import AT, given, held, person, terms
from tests.filing import client, filed
from tests.sending import pdf, upload
from tests.web.mandates.looking import signed_in, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
FORM = {"kind": "representative", "address": "Rita@example.org", "acts": ["answer"], "scope": "all"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mandate_goes_from_one_side_to_the_other_and_back(
    ada: User, file: Application, rita: User, language: Language
) -> None:
    hers, theirs = signed_in(ada), signed_in(rita)
    answer = hers.post(f"/{language}/mandates/give/", FORM)
    assert answer.headers["location"] == f"/{language}/mandates/"
    mandate = Mandate.objects.get()
    assert mandate.address == "rita@example.org"
    assert set(mandate.acts) == {Act.SEE, Act.ANSWER}
    said = {
        "en": ("Waiting for an answer", "Offered to you", "In force", "Ended"),
        "fr": ("En attente d’une réponse", "vous sont proposés", "En vigueur", "Terminé"),
    }[language]
    assert said[0] in words(hers, f"/{language}/mandates/")
    assert said[1] in words(theirs, f"/{language}/mandates/")
    one = f"/{language}/mandates/{mandate.pk}/"
    assert "Ada Example" in words(theirs, one)
    assert theirs.post(f"{one}accept/").status_code == 302
    assert said[2] in words(hers, one)
    assert file.number in words(theirs, f"/{language}/clients/")
    assert hers.post(f"{one}end/").status_code == 302
    assert said[3] in words(hers, one)
    assert words(theirs, one, status=404)
    assert file.number not in words(theirs, f"/{language}/clients/")


def test_the_very_next_request_after_the_end_is_404_in_an_open_session(
    ada: User, file: Application, rita: User
) -> None:
    mandate = held(ada, rita)
    theirs = signed_in(rita)
    asked = f"/en/applications/{file.number}/"
    pages = (asked, f"{asked}answer/police-certificate/", f"/api/applications/{file.number}")
    assert [theirs.get(page).status_code for page in pages] == [200, 200, 200]
    signed_in(ada).post(f"/en/mandates/{mandate}/end/")
    assert [theirs.get(page).status_code for page in pages] == [404, 404, 404]
    sent = {"files": upload(pdf())}
    assert theirs.post(pages[1], sent).status_code == 404
    assert theirs.get("/en/applications/").status_code == 200


def test_a_mandate_begins_and_ends_by_itself_in_an_open_session(
    ada: User, file: Application, rita: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(ada, rita, terms(begins_at=AT + timedelta(days=1), ends_at=AT + timedelta(days=2)))
    theirs = signed_in(rita)
    seen = []
    for days in (0.9, 1, 1.9, 2):
        now = AT + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        seen.append(theirs.get(f"/en/applications/{file.number}/").status_code)
    assert seen == [404, 200, 200, 404]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_representative_answers_and_the_history_says_who_did(
    ada: User, file: Application, rita: User, language: Language
) -> None:
    mandate = held(ada, rita)
    theirs = signed_in(rita)
    page = f"/{language}/applications/{file.number}/"
    answer = theirs.post(f"{page}answer/police-certificate/", {"files": upload(pdf())})
    assert answer.status_code == 302
    told = {
        "en": "Your representative answered for you: Police certificate (1 file).",
        "fr": "Votre représentant a répondu pour vous : Certificat de police (1 fichier).",
    }[language]
    assert told in words(signed_in(ada), page)
    done = words(signed_in(ada), f"/{language}/mandates/{mandate}/")
    did = {"en": "rita@example.org answered a request", "fr": "rita@example.org a répondu"}
    assert did[language] in done


def test_who_sees_by_a_mandate_reads_whose_application_it_is_and_as_what(
    ada: User, file: Application, rita: User
) -> None:
    page = f"/en/applications/{file.number}/"
    assert "You see the application of" not in words(signed_in(ada), page)
    held(ada, rita)
    told = words(signed_in(rita), page)
    assert "You see the application of Ada Example as their representative." in told
    assert "Your clients" in told
    assert "Send it now" in told


@pytest.mark.parametrize(
    ("kind", "role", "called"),
    [
        (MandateKind.THIRD_PARTY, Role.PERSON, "third party"),
        (MandateKind.PARLIAMENT, Role.PARLIAMENT, "parliamentary office"),
    ],
)
def test_who_is_only_told_has_no_button_and_is_refused(
    ada: User, file: Application, kind: MandateKind, role: Role, called: str
) -> None:
    holder = person("tom@example.org", role)
    held(ada, holder, terms(kind, address=holder.email))
    theirs = signed_in(holder)
    page = f"/en/applications/{file.number}/"
    told = words(theirs, page)
    assert f"as a {called}." in told
    assert "Send it now" not in told
    refused = theirs.post(f"{page}answer/police-certificate/", {"files": upload(pdf())})
    assert refused.status_code == 409
    assert "Only the client" in refused.content.decode()


def test_what_was_sent_is_given_back_only_to_who_may_read_it(
    ada: User, file: Application, rita: User
) -> None:
    page = f"/en/applications/{file.number}/answer/police-certificate/"
    signed_in(ada).post(page, {"files": upload(pdf())})
    found = re.search(r'href="([^"]+/documents/\d+/)"', signed_in(ada).get(page).content.decode())
    assert found
    held(ada, rita, terms(acts=frozenset({Act.SEE})))
    tom = person("tom@example.org")
    held(ada, tom, terms(address=tom.email, acts=frozenset({Act.SEE, Act.READ_SENT})))
    assert found[1] not in signed_in(rita).get(page).content.decode()
    assert signed_in(rita).get(found[1]).status_code == 404
    sent = signed_in(tom).get(found[1])
    assert b"".join(sent) == pdf()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("kind", ""), {"en": "Choose who it is for.", "fr": "Choisissez à qui"}),
        (("kind", "officer"), {"en": "Choose who it is for.", "fr": "Choisissez à qui"}),
        (("address", "ADA@example.org"), {"en": "your own address", "fr": "votre propre adresse"}),
        (("address", "x\u202ey@example.org"), {"en": "cannot be seen", "fr": "invisibles"}),
        (("begins", "tomorrow"), {"en": "Give a day", "fr": "Donnez l’année"}),
        (("begins", "2020-01-01"), {"en": "This day is past", "fr": "Ce jour est passé"}),
        (("ends", "2020-01-01"), {"en": "before the first", "fr": "précède le premier"}),
        (("ends", "9999-12-31"), {"en": "Give a day", "fr": "Donnez l’année"}),
        (("scope", "some"), {"en": "at least one", "fr": "au moins une"}),
        (("applications", "P0000000000"), {"en": "not yours", "fr": "n’est pas la vôtre"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    ada: User, file: Application, language: Language, typed: tuple[str, str], said: dict[str, str]
) -> None:
    field, value = typed
    form = {**FORM, "address": "rita@example.org", field: value}
    if field == "applications":
        form["scope"] = "some"
    answer = signed_in(ada).post(f"/{language}/mandates/give/", form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(said[language]) == 2
    if field != "address":
        assert 'value="rita@example.org"' in page
    for target in re.findall(r'<p><a href="#([\w-]+)">', page):
        assert f'id="{target}"' in page
    assert not Mandate.objects.exists()


def test_a_mandate_for_some_applications_names_them(ada: User, file: Application) -> None:
    other = filed(client=ada.client.pk)
    form = {**FORM, "scope": "some", "applications": [file.number]}
    signed_in(ada).post("/en/mandates/give/", form)
    mandate = Mandate.objects.get()
    assert mandate.applications == [file.id]
    told = words(signed_in(ada), f"/en/mandates/{mandate.pk}/")
    assert file.number in told
    assert other.number not in told


def test_the_same_answer_for_an_address_with_an_account_and_without(ada: User, rita: User) -> None:
    hers = signed_in(ada)
    pages = []
    for address in (rita.email, "nobody@example.org"):
        told = hers.post("/en/mandates/give/", {**FORM, "address": address}, follow=True)
        pages.append(re.findall(r'role="status">([^<]+)', told.content.decode()))
    assert pages == [["You gave a mandate. It begins once they accept it."]] * 2
    again = hers.post("/en/mandates/give/", FORM, follow=True).content.decode()
    assert "It stays as it is." in again
    assert Mandate.objects.count() == 2


def test_who_cannot_hold_it_is_told_why(ada: User) -> None:
    rita = person()
    mandate = given(ada, terms(MandateKind.PARLIAMENT))
    refused = signed_in(rita).post(f"/en/mandates/{mandate}/accept/")
    assert refused.status_code == 409
    assert "Only the office of a member of Parliament" in refused.content.decode()


def test_a_mandate_is_accepted_for_a_firm_and_who_left_is_out_at_once(
    ada: User, file: Application, rita: User
) -> None:
    rob = person("rob@example.org")
    firm = firms.open_firm(name="Example & Sample")
    for one in (rita, rob):
        firms.join_firm(firm=firm, user=one, at=AT)
    mandate = given(ada)
    assert "Everybody at Example &amp; Sample" in words(signed_in(rita), f"/en/mandates/{mandate}/")
    signed_in(rita).post(f"/en/mandates/{mandate}/accept/", {"firm": str(firm.pk)})
    theirs = signed_in(rob)
    page = f"/en/applications/{file.number}/"
    assert theirs.get(page).status_code == 200
    assert "rob@example.org read the application" in words(
        signed_in(ada), f"/en/mandates/{mandate}/"
    )
    firms.leave_firm(firm=firm, user=rob, at=AT)
    assert [theirs.get(one).status_code for one in (page, f"/en/mandates/{mandate}/")] == [404, 404]
    assert signed_in(rita).get(page).status_code == 200


def test_another_adult_sees_the_application_as_their_own(ada: User, file: Application) -> None:
    bob, subject = client("bob@example.org", name="Bob Example")
    services.add_adult(application=file.pk, client=subject, by="test", at=AT)
    his = signed_in(bob)
    assert file.number in words(his, "/en/applications/")
    told = words(his, f"/en/applications/{file.number}/")
    assert "Another adult is on this application." in told
    assert "You see the application of" not in told


def test_its_client_reads_for_which_applications_another_adult_has_to_give_a_mandate_too(
    ada: User, file: Application, rita: User
) -> None:
    bob, subject = client("bob@example.org", name="Bob Example")
    alone, mandate = filed(client=ada.client.pk), held(ada, rita)
    pages = {user: (signed_in(user), f"/en/mandates/{mandate}/") for user in (ada, rita)}
    assert "Not yet for" not in words(*pages[ada])
    services.add_adult(application=file.pk, client=subject, by="test", at=AT)
    told = words(*pages[ada])
    assert f"Not yet for Study permit {file.number} Every other adult" in told
    assert alone.number not in told
    # To whoever holds it, the application is not there.
    assert file.number not in words(*pages[rita])
    held(bob, rita)
    assert "Not yet for" not in words(*pages[ada])


@pytest.mark.parametrize("role", sorted(STAFF))
def test_to_staff_these_pages_are_not_there(ada: User, role: Role) -> None:
    mandate = given(ada)
    theirs = signed_in(person("staff@example.org", role))
    pages = ("mandates/", "mandates/give/", f"mandates/{mandate}/", "clients/", "clients/files.csv")
    assert {theirs.get(f"/en/{page}").status_code for page in pages} == {404}
    for act in ("accept", "decline", "end"):
        assert theirs.post(f"/en/mandates/{mandate}/{act}/").status_code == 404


def test_somebody_elses_mandate_is_answered_like_one_that_does_not_exist(ada: User) -> None:
    mandate = given(ada)
    eve = signed_in(client("eve@example.org")[0])
    for id_ in (mandate, mandate + 1, 10**30):
        assert eve.get(f"/en/mandates/{id_}/").status_code == 404
        for act in ("accept", "decline", "end"):
            assert eve.post(f"/en/mandates/{id_}/{act}/").status_code == 404
    assert eve.get("/en/mandates/?after=x").status_code == 200
    assert eve.get(f"/en/mandates/{mandate}/end/").status_code in {404, 405}


def test_signed_out_one_is_asked_to_sign_in() -> None:
    for page in ("mandates/", "mandates/give/", "mandates/1/", "clients/", "clients/files.csv"):
        assert "/en/sign-in/" in Browser().get(f"/en/{page}").headers["location"]


def test_who_holds_mandates_and_has_no_application_is_led_to_their_clients(
    ada: User, file: Application, rita: User
) -> None:
    theirs = signed_in(rita)
    told = words(theirs, "/en/applications/")
    assert "no application" in told
    assert "Somebody offers you a mandate." not in told
    held(ada, rita)
    assert theirs.get("/en/applications/").headers["location"] == "/en/clients/"


def test_who_is_offered_a_mandate_reads_so_where_they_arrive(ada: User, rita: User) -> None:
    mandate = given(ada)
    theirs = signed_in(rita)
    assert "Une personne vous propose un mandat." in words(theirs, "/fr/applications/")
    theirs.post(f"/en/mandates/{mandate}/decline/")
    assert "Somebody offers you a mandate." not in words(theirs, "/en/applications/")
    assert "Declined" in words(signed_in(ada), f"/en/mandates/{mandate}/")


def test_each_adult_reads_what_was_done_for_the_family_under_their_own_mandate(
    ada: User, file: Application, rita: User
) -> None:
    bob, subject = client("bob@example.org", name="Bob Example")
    services.add_adult(application=file.pk, client=subject, by="test", at=AT)
    hers, his = held(ada, rita), held(bob, rita)
    theirs = signed_in(rita)
    page = f"/en/applications/{file.number}/answer/police-certificate/"
    assert theirs.post(page, {"files": upload(pdf())}).status_code == 302
    for user, mandate in ((ada, hers), (bob, his)):
        told = words(signed_in(user), f"/en/mandates/{mandate}/")
        assert f"rita@example.org answered a request {file.number}" in told


def test_who_sees_by_a_mandate_has_the_page_in_four_queries(
    ada: User,
    file: Application,
    rita: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    held(ada, rita)
    theirs = signed_in(rita)
    theirs.get(f"/en/applications/{file.number}/")
    with django_assert_num_queries(4):  # session and user, file, the access, history
        theirs.get(f"/en/applications/{file.number}/")

"""Asking by the form: the answer on the file first, counted once, and lines for whom they are."""

import html
import re
from datetime import datetime

import pytest
from django.core import signing
from django.db import connection
from django.test import Client as Browser

from parvis.casework.applications.models import Application
from parvis.casework.enquiries.facts import EnquiryAvoided
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.status import Proof
from parvis.casework.events import log
from parvis.casework.events.facts import SubjectKind
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.web.support.drafts import draft
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.enquiries.asking import AT, open_lines
from tests.casework.lines.opening import opened, staff
from tests.filing import ASK, OPEN, Act, client, filed, seen
from tests.web.serving import static_files  # noqa: F401 - a fixture
from tests.web.test_public_pages import structure

pytestmark = pytest.mark.django_db
SENT: Act = ("receive_answer", {"document": "police-certificate", "files": ("a" * 64,)})
DID_YOU_GET_IT = {
    "en": "Did you get my police certificate?",
    "fr": "Avez-vous reçu mon certificat de police?",
}
CAME = {
    "en": "15 January 2024 – We received from you: Police certificate (1 file).",
    "fr": "15 janvier 2024 – Nous avons reçu de votre part\xa0: Certificat de police (1 fichier).",
}
LACKS = {
    "en": "We still wait for: Police certificate. It was due on 1 March 2024.",
    "fr": "Nous attendons encore\xa0: Certificat de police. La date limite était le 1er mars 2024.",
}
WORKING = {"en": "We are checking your background.", "fr": "Nous vérifions vos antécédents."}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    open_lines()
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def ada() -> User:
    return client("ada@example.net")[0]


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def asked(
    browser: Browser, words: str, language: Language = "en", status: int = 200, **told: str
) -> str:
    answer = browser.post(f"/{language}/enquiries/new/", {"words": words, **told})
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def shown(page: str) -> str:
    """Return what the button that says that it helped sends."""
    [found] = re.findall(r'name="shown" value="([^"]*)"', page)
    return str(found)


def helped(browser: Browser, told: str, language: Language = "en") -> None:
    path = f"/{language}/enquiries/answered/"
    answer = browser.post(path, {"shown": told})
    assert (answer.status_code, answer.headers["Location"]) == (302, path)


def avoided() -> list[EnquiryAvoided]:
    ids = [one for some in log.subjects(SubjectKind.ENQUIRY, 100) for one in some]
    told = [one.fact for _, facts in log.histories(ids) for one in facts]
    return [one for one in told if isinstance(one, EnquiryAvoided)]


def of(user: User, *acts: Act) -> Application:
    return filed(*acts, client=user.client.pk)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", ["document-received", ""], ids=["chosen", "recognised"])
def test_whether_a_document_came_is_answered_with_what_came(
    ada: User, language: Language, topic: str
) -> None:
    of(ada, OPEN, ASK, SENT)
    browser = signed_in(ada)
    page = asked(browser, DID_YOU_GET_IT[language], language, topic=topic)
    assert CAME[language] in page
    assert WORKING[language] not in page
    helped(browser, shown(page), language)
    assert avoided() == [
        EnquiryAvoided(line="general", topic="document-received", language=language)
    ]
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_did_not_come_is_said_and_where_the_file_is_to_who_asks_that(
    ada: User, language: Language
) -> None:
    of(ada, OPEN, ASK)
    browser = signed_in(ada)
    assert LACKS[language] in asked(
        browser, DID_YOU_GET_IT[language], language, topic="document-received"
    )
    assert LACKS[language] not in asked(browser, "?", language, topic="status")


def test_the_page_of_an_answer_is_the_same_in_both_languages(ada: User) -> None:
    of(ada, OPEN, ASK, SENT)
    english, french = (
        asked(signed_in(ada), "?", language, topic="document-received") for language in LANGUAGES
    )
    assert structure(english) == structure(french)


def test_where_nothing_on_the_file_answers_it_is_sent_and_nothing_was_avoided(ada: User) -> None:
    of(ada, OPEN)
    page = asked(signed_in(ada), DID_YOU_GET_IT["en"], topic="document-received")
    assert "We have your question" in page
    assert 'name="shown"' not in page
    assert Conversation.objects.get().topic == "document-received"
    assert avoided() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agents_draft_says_the_same(ada: User, language: Language) -> None:
    def drafted(file: Application, proof: Proof = Proof.SIGNED_IN) -> str | None:
        found = draft(
            file=seen(file), topic="document-received", proof=proof, language=language, now=AT
        )
        return found and found.text

    came, silent = of(ada, OPEN, ASK, SENT), of(ada, OPEN)
    assert CAME[language] in (drafted(came) or "")
    assert drafted(silent) is None
    unknown = drafted(came, Proof.MAIL) or ""
    assert CAME[language] not in unknown
    assert "/applications/" in unknown


def test_that_it_helped_is_counted_once_however_often_it_is_said(ada: User) -> None:
    of(ada, OPEN)
    browser = signed_in(ada)
    page = asked(browser, "Where is my file?", topic="status")
    for _ in range(3):
        helped(browser, shown(page))
    # Whoever goes back and sends the same form again is shown the same answer.
    [form] = re.findall(r'name="form" value="([^"]*)"', page)
    helped(browser, shown(asked(browser, "Where is it?", topic="status", form=form)))
    assert "We are glad that it helped" in browser.get("/en/enquiries/answered/").content.decode()
    assert len(avoided()) == 1
    helped(browser, shown(asked(browser, "And now?", topic="next-step")))
    assert [one.topic for one in avoided()] == ["status", "next-step"]


@pytest.mark.usefixtures("static_files")
def test_it_is_counted_behind_the_second_wall_too(
    ada: User, request: pytest.FixtureRequest
) -> None:
    of(ada, OPEN, ASK, SENT)
    browser = signed_in(ada)
    request.getfixturevalue("wall")
    page = asked(browser, DID_YOU_GET_IT["en"], topic="document-received")
    assert CAME["en"] in page
    for _ in range(2):
        helped(browser, shown(page))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
    assert len(avoided()) == 1


def test_nothing_counts_that_was_not_shown(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    of(ada, OPEN)
    browser = signed_in(ada)
    page = shown(asked(browser, "Where is my file?", topic="status"))
    for told in ("", page[:-1], signing.dumps(["f", "", "status"])):
        helped(browser, told)
    helped(Browser(), page)
    monkeypatch.setattr("time.time", lambda: datetime(2100, 1, 1).timestamp())  # noqa: DTZ001
    helped(signed_in(ada), page)
    assert avoided() == []


def test_it_is_counted_on_the_line_that_would_have_had_it(ada: User) -> None:
    opened("ukraine", channels={"web_form": True})
    of(ada, OPEN)
    browser = signed_in(ada)
    for line in ("ukraine", "parliamentary", "no-such-line", ""):
        helped(browser, shown(asked(browser, "Where is it?", topic="status", line=line)))
    assert [one.line for one in avoided()] == ["ukraine", "general", "general", "general"]


def test_the_topic_of_offices_of_parliament_is_offered_to_them_alone(ada: User) -> None:
    offered = 'value="parliamentary"'
    office = signed_in(staff("office", Role.PARLIAMENT))
    for browser, is_theirs in ((Browser(), False), (signed_in(ada), False), (office, True)):
        page = browser.get("/en/enquiries/new/").content.decode()
        assert (offered in page) is is_theirs
    told = {"topic": "parliamentary", "email": "pat@example.net"}
    for browser, line in (
        (Browser(), "general"),
        (signed_in(ada), "general"),
        (office, "parliamentary"),
    ):
        asked(browser, "About a constituent", **told)
        assert Conversation.objects.latest("id").line == line


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "That line is for the offices of members of Parliament"),
        ("fr", "Cette ligne est réservée aux bureaux de députés"),
    ],
)
def test_whoever_asks_a_line_that_is_for_others_is_told_where_it_goes(
    language: Language, said: str
) -> None:
    path = f"/{language}/enquiries/new/?line=parliamentary"
    office = signed_in(staff("office", Role.PARLIAMENT))
    assert said in html.unescape(Browser().get(path).content.decode())
    assert said not in html.unescape(office.get(path).content.decode())
    told = {"line": "parliamentary", "email": "pat@example.net"}
    assert said in asked(Browser(), "", language, status=422, **told)

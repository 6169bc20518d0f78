"""The page at the end of an enquiry, and those of a client's own: read, sent, and misused."""

import html
import re
from datetime import datetime

import pytest
from django.test import Client as Browser

from parvis.casework.enquiries import services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.models import Attachment, Conversation, Message, Rating
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.rating import LONGEST, OPEN_FOR, RESTS_FOR, ask_all
from parvis.casework.enquiries.references import link_to_rating
from parvis.casework.enquiries.status import Channel, Scan, Status, Writing
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from parvis.lib.text import LANGUAGES
from tests.casework.enquiries.asking import AT, at_work, given, open_lines
from tests.filing import PASSWORD, RECEIVED, client, filed, officer
from tests.sending import disk, opened, pdf  # noqa: F401 - a fixture
from tests.web.test_public_pages import structure

pytestmark = pytest.mark.django_db
BOTH = {"solved": "yes", "ease": "partly"}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    open_lines()
    at(AT, monkeypatch)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def ada() -> User:
    return client("ada@example.net")[0]


@pytest.fixture
def row(ada: User) -> Conversation:
    """Return what Ada asked, and nora answered."""
    nora, number = at_work(), filed(client=ada.client.pk).number
    said = Asked(channel=Channel.FORM, address="", subject="Fees", said=f"Paid for {number}?")
    ask(asked=said, form="f1", by=ada, at=AT)
    services.add_note(conversation=given(nora).pk, words="Careful.", by=nora, at=AT)
    found = Conversation.objects.get()
    services.answer(conversation=found.pk, words="You paid.", by=nora, at=AT)
    Message.objects.filter(writing=Writing.OUT).update(sent_at=AT, try_at=None)
    return found


@pytest.fixture
def link(row: Conversation, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address in the mail at the end, without its language."""
    at(AT + RESTS_FOR, monkeypatch)
    assert ask_all(at=clock.now()) == 1
    return link_to_rating(Rating.objects.get().key, "en").partition("/en/")[2]


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def told(browser: Browser, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, path
    return html.unescape(answer.content.decode())


def test_the_page_at_the_end_is_the_same_in_both_languages_and_says_nothing_of_anybody(
    link: str, row: Conversation
) -> None:
    english, french = (told(Browser(), f"/{language}/{link}") for language in LANGUAGES)
    assert structure(english) == structure(french)
    assert english.count('type="radio"') == 6
    assert "checked" not in english
    for secret in ("ada", "nora", "Fees", "P0", enquiry_number(row.pk), "You paid"):
        assert secret not in re.sub(r'(action|href|value)="[^"]*"', "", english)


def test_it_is_said_once_and_a_second_time_thanks_and_changes_nothing(link: str) -> None:
    browser = Browser()
    sent = browser.post(f"/en/{link}", BOTH | {"words": "Right, but late."})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/en/{link}")
    assert "Thank you" in told(browser, f"/en/{link}")
    again = Browser().post(f"/fr/{link}", {"solved": "no", "ease": "no", "words": "Bad"})
    assert again.status_code == 200
    assert "Merci" in again.content.decode()
    kept = Rating.objects.get()
    assert (kept.solved, kept.ease, kept.words) == ("yes", "partly", "Right, but late.")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, ("solved-wrong", "ease-wrong")),
        ({"solved": "yes"}, ("ease-wrong",)),
        ({"solved": "perhaps", "ease": "no"}, ("solved-wrong",)),
        (BOTH | {"words": "x" * (LONGEST + 1)}, ("words-wrong",)),
    ],
    ids=["nothing", "half", "another word", "too long"],
)
def test_what_is_not_right_yet_is_told_and_nothing_typed_is_lost(
    link: str, sent: dict[str, str], wrong: tuple[str, ...]
) -> None:
    answer = Browser().post(f"/en/{link}", {"words": "My words"} | sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert set(re.findall(r'id="(\w+-wrong)"', page)) == set(wrong)
    assert 'role="alert"' in page
    assert sent.get("words", "My words") in page
    assert Rating.objects.get().rated_at is None


def test_a_link_that_is_forged_is_not_there_and_an_old_one_says_so(
    link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for forged in (f"{link[:-2]}x/", "enquiries/helped/x/", "enquiries/helped/.x/"):
        told(Browser(), f"/en/{forged}", 404)
        assert Browser().post(f"/en/{forged}", BOTH).status_code == 404
    at(AT + RESTS_FOR + OPEN_FOR, monkeypatch)
    assert "30 days" in told(Browser(), f"/en/{link}", 410)
    assert Browser().post(f"/en/{link}", BOTH).status_code == 410
    assert Rating.objects.get().rated_at is None


def test_a_mail_program_that_looks_at_the_link_says_nothing(link: str) -> None:
    for method in ("GET", "HEAD"):
        assert Browser().generic(method, f"/en/{link}").status_code == 200
    assert Rating.objects.get().rated_at is None
    strict = Browser(enforce_csrf_checks=True)
    assert strict.post(f"/en/{link}", BOTH).status_code == 403
    assert strict.get(f"/en/{link}").headers["Referrer-Policy"] == "same-origin"


def test_supervisors_read_the_words_and_nobody_reads_who_answered(link: str) -> None:
    Browser().post(f"/en/{link}", BOTH | {"words": "<b>Right</b>, but late."})
    eve = add_user(email="eve@example.org", password=PASSWORD, role=Role.SUPERVISOR, at=RECEIVED)
    english, french = (told(signed_in(eve), f"/{one}/support/said/") for one in LANGUAGES)
    assert structure(english) == structure(french)
    assert "<b>Right</b>, but late." in english
    assert "&lt;b&gt;" in signed_in(eve).get("/en/support/said/").content.decode()
    assert "nora" not in english
    assert "It took some effort" in english
    told(signed_in(eve), "/en/support/said/?before=2024-01-01", 404)
    assert "Right" not in told(signed_in(eve), "/en/support/said/?before=2024-01-01T00:00:00Z")
    nora = User.objects.get(email__startswith="nora")
    number = enquiry_number(Conversation.objects.get().pk)
    desk = told(signed_in(nora), f"/en/support/enquiries/{number}/")
    assert "We asked whether it helped" in desk
    assert "effort" not in desk
    assert "but late" not in desk
    for other in (nora, officer()):
        told(signed_in(other), "/en/support/said/", 404)


def test_a_client_reads_their_own_and_writes_again(
    ada: User,
    row: Conversation,
    disk: object,  # noqa: F811 - that fixture
) -> None:
    browser, number = signed_in(ada), enquiry_number(row.pk)
    for path in ("enquiries/", f"enquiries/{number}/"):
        english, french = (told(browser, f"/{language}/{path}") for language in LANGUAGES)
        assert structure(english) == structure(french)
        assert "Fees" in english
        assert "We answered" in english
        for hidden in ("nora", "Careful"):
            assert hidden not in english
    where = f"/en/enquiries/{number}/write/"
    empty = browser.post(where, {"words": " "})
    assert empty.status_code == 422
    sent = {"words": "When?", "form": "9" * 32, "files": opened(pdf())}
    assert browser.post(where, sent).status_code == 302
    assert browser.post(where, sent | {"files": opened(pdf())}).status_code == 302
    page = told(browser, f"/en/enquiries/{number}/")
    assert page.count("When?") == 1
    assert "It waits for an agent." in page
    assert "It is checked for viruses first." in page
    Attachment.objects.update(scan=Scan.HARMFUL)
    assert "There is a virus in it" in told(browser, f"/en/enquiries/{number}/")
    row.refresh_from_db()
    assert (row.status, row.message_set.filter(writing=Writing.IN).count()) == (Status.WAITING, 2)


def test_a_client_who_is_signed_in_is_led_to_the_question_at_the_end_until_they_answer(
    ada: User, link: str
) -> None:
    browser, page = (
        signed_in(ada),
        f"/en/enquiries/{enquiry_number(Conversation.objects.get().pk)}/",
    )
    assert f'href="/en/{link}"' in told(browser, page)
    browser.post(f"/en/{link}", BOTH)
    assert "/helped/" not in told(browser, page)


def test_somebody_elses_is_not_there_and_who_is_not_signed_in_signs_in(
    ada: User, row: Conversation
) -> None:
    number = enquiry_number(row.pk)
    zoe = signed_in(client("zoe@example.net")[0])
    assert "Fees" not in told(zoe, "/en/enquiries/")
    for missing in (number, enquiry_number(10**9), "Q1", "x"):
        told(zoe, f"/en/enquiries/{missing}/", 404)
        assert zoe.post(f"/en/enquiries/{missing}/write/", {"words": "Hi"}).status_code == 404
    for path in ("enquiries/", f"enquiries/{number}/"):
        assert Browser().get(f"/en/{path}").headers["Location"].startswith("/en/sign-in/")
        told(signed_in(officer(f"{len(path)}@example.org")), f"/en/{path}", 404)
    Conversation.objects.update(proof="none")
    told(signed_in(ada), f"/en/enquiries/{number}/", 404)


def test_the_pages_lead_there(ada: User, row: Conversation) -> None:
    browser = signed_in(ada)
    for path in ("", "applications/", "enquiries/new/"):
        assert 'href="/en/enquiries/"' in told(browser, f"/en/{path}")
    assert 'href="/en/enquiries/"' not in told(Browser(), "/en/enquiries/new/")
    assert 'href="/en/enquiries/"' not in told(signed_in(officer()), "/en/enquiries/new/")
    said = {"words": "Another", "form": "8" * 32, "anyway": "yes"}
    sent = browser.post("/en/enquiries/new/", said).content.decode()
    assert f'href="/en/enquiries/{enquiry_number(Conversation.objects.latest("pk").pk)}/"' in sent


def test_sentences_are_short_in_both_languages(link: str, ada: User) -> None:
    browser = signed_in(ada)
    number = enquiry_number(Conversation.objects.get().pk)
    for path in (link, "enquiries/", f"enquiries/{number}/"):
        for language in LANGUAGES:
            page = told(browser, f"/{language}/{path}")
            main = page[page.index("<main") : page.index("</main>")]
            for part in re.split(r"<[^>]+>", main):
                for sentence in re.split(r"(?<=[.?!;:]) ", " ".join(part.split())):
                    assert len(sentence.split()) <= 16, sentence

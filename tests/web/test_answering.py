"""Answering from the tracker: what is asked, what is taken, and a sentence for what is not."""

import errno
import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries, Settings

from parvis.casework.applications import services
from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.models import Application
from parvis.casework.documents.selectors import sent
from parvis.casework.events import log
from parvis.casework.people.models import User
from parvis.channels.storage import uploads
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.web.client.answer_form import shown
from tests.filing import ASK, OPEN, client, filed, officer
from tests.sending import BAD, VISIT, disk, pdf, png, upload  # noqa: F401 - disk is a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
Ada = tuple[Browser, int]


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def ada() -> Ada:
    user, subject = client("ada@example.org")
    return signed_in(user), subject


def address(file: Application, document: str = "police-certificate", language: str = "en") -> str:
    return f"/{language}/applications/{file.number}/answer/{document}/"


def with_token(browser: Browser, where: str) -> Browser:
    """Return a browser that has the cookie of the page's token, and must send the token."""
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    strict.get(where)
    return strict


def words(content: bytes) -> str:
    """Return what a page says, without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content.decode())))


def answers(file: Application) -> list[ClientAnswered]:
    facts = [one.fact for one in log.history(file.pk)]
    return [fact for fact in facts if isinstance(fact, ClientAnswered)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Send a police certificate", "We asked you on", "This was due on 1 March 2024"]),
        ("fr", ["Envoyez un certificat de police", "Nous vous l’avons demandé le", "En retard"]),
    ],
)
def test_the_page_says_what_is_asked_and_by_when(ada: Ada, language: str, said: list[str]) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    told = words(ada[0].get(address(file, language=language)).content)
    assert [one for one in said if one not in told] == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "stands still until you answer"), ("fr", "est suspendu")]
)
def test_the_page_says_why_the_clock_stands_still(ada: Ada, language: str, said: str) -> None:
    ask = ("ask_client", {"document": "biometrics-appointment", "section": None, "due_on": None})
    file = filed(ask, client=ada[1])
    page = ada[0].get(address(file, "biometrics-appointment", language)).content
    assert said in words(page)
    assert b'type="date"' in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "We received: Police certificate on"),
        ("fr", "Nous avons reçu\xa0: Certificat de police le"),
    ],
)
def test_an_answer_leads_back_to_the_tracker_with_what_we_received(
    ada: Ada, language: str, said: str
) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    form = {"files": [upload(pdf()), upload(png(), "b.png")]}
    answer = ada[0].post(address(file, language=language), form)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/{language}/applications/{file.number}/"
    tracker = html.unescape(ada[0].get(answer.headers["location"]).content.decode())
    assert said in tracker
    assert len(sent(file.pk)) == 2


def test_sent_twice_it_is_said_that_we_have_it(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    for said in ("We received: Police certificate", "We have it already"):
        done = ada[0].post(address(file), {"files": upload(pdf())}, follow=True)
        assert said in words(done.content)
    assert len(answers(file)) == 1


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_we_do_not_take_is_told_beside_the_field(
    ada: Ada, what: str, language: Language
) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    content, *said = BAD[what]
    answer = ada[0].post(address(file, language=language), {"files": upload(content)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words(answer.content).count(said[LANGUAGES.index(language)]) == 2
    assert 'aria-describedby="files-hint files-wrong"' in page
    assert 'href="#files"' in page
    assert "<title>Err" in page
    assert answers(file) == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Choose at least one file"), ("fr", "Choisissez au moins un")]
)
def test_no_file_at_all(ada: Ada, language: str, said: str) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    answer = ada[0].post(address(file, language=language), {})
    assert answer.status_code == 422
    assert said in words(answer.content)


def test_the_good_files_beside_a_bad_one_are_not_asked_for_again(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    form = {"files": [upload(pdf("one"), "one.pdf"), upload(b"", "two.pdf"), upload(png())]}
    first = ada[0].post(address(file), form)
    page = first.content.decode()
    assert "two.pdf" in page
    assert "<bdi>one.pdf</bdi> – PDF, 1 KB" in page
    kept = re.findall(r'name="kept"[^>]*value="([^"]+)" checked', page)
    assert len(kept) == 2
    done = ada[0].post(address(file), {"kept": kept, "files": upload(pdf("two"))})
    assert done.status_code == 302
    [fact] = answers(file)
    assert len(fact.files or ()) == 3


def test_nobody_names_contents_that_they_did_not_send_for_this(ada: Ada) -> None:
    file = filed(OPEN, ASK, VISIT, client=ada[1])
    page = ada[0].post(address(file), {"files": [upload(pdf()), upload(b"")]}).content.decode()
    [kept] = re.findall(r'name="kept"[^>]*value="([^"]+)"', page)
    for other in (kept + "x", "", "a:b:c"):
        assert ada[0].post(address(file), {"kept": other}).status_code == 422
    zoe, subject = client("zoe@example.org")
    hers = filed(OPEN, ASK, client=subject)
    assert signed_in(zoe).post(address(hers), {"kept": kept}).status_code == 422
    today = clock.now().date().isoformat()
    ada[0].post(address(file, "medical-exam"), {"kept": kept, "done_on": today})
    assert sent(file.pk) == []


@pytest.mark.parametrize(
    ("done_on", "said"),
    [
        ("", "Give the day"),
        ("12 January", "Give the day"),
        ("2999-01-01", "has not come yet"),
        ("2023-12-31", "We asked you on 13 January 2024"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_stays(ada: Ada, done_on: str, said: str) -> None:
    file = filed(VISIT, client=ada[1])
    answer = ada[0].post(address(file, "medical-exam"), {"done_on": done_on})
    assert answer.status_code == 422
    assert said in words(answer.content)
    assert f'value="{done_on}"' in answer.content.decode()
    assert 'aria-describedby="done_on-hint done_on-wrong"' in answer.content.decode()


def test_a_visit_keeps_its_day_while_its_proof_is_mended(ada: Ada) -> None:
    file = filed(VISIT, client=ada[1])
    where = address(file, "medical-exam")
    bad = ada[0].post(where, {"done_on": "2024-01-20", "files": upload(b"")})
    assert bad.status_code == 422
    assert 'value="2024-01-20"' in bad.content.decode()
    assert ada[0].post(where, {"done_on": "2024-01-20"}).status_code == 302
    assert str(answers(file)[0].done_on) == "2024-01-20"


def test_more_than_ten_files(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    form = {"files": [upload(png(width)) for width in range(1, 12)]}
    answer = ada[0].post(address(file), form)
    assert answer.status_code == 422
    assert "10 files at most" in words(answer.content)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ({}, "You already answered this."),
        ({"abandon": {}}, "Your application is closed."),
        ({"abandon": {}, "reopen": {}}, "We no longer need this."),
    ],
    ids=["answered", "closed", "lapsed"],
)
def test_a_request_that_ended_in_the_meantime(
    ada: Ada, end: dict[str, dict[str, object]], said: str
) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    at = clock.now() - timedelta(days=9)
    if not end:
        services.receive_answer(application=file, document="police-certificate", by="test", at=at)
    for act, what in end.items():
        file = getattr(services, act)(application=file, by="test", at=at, **what)
    before = len(answers(file))
    answer = ada[0].post(address(file), {"files": upload(pdf())})
    assert answer.status_code == 409
    for page in (answer, ada[0].get(address(file))):
        assert said in words(page.content)
        assert b'type="file"' not in page.content
    assert len(answers(file)) == before
    assert sent(file.pk) == []


def test_what_is_not_ones_own_is_answered_like_what_does_not_exist(ada: Ada) -> None:
    _, subject = client("zoe@example.org")
    mine, other = filed(OPEN, ASK, client=ada[1]), filed(OPEN, ASK, client=subject)
    never = address(mine, "study-plan")
    for where in (address(other), never, address(mine, "no-such"), address(mine, "../x")):
        assert ada[0].get(where).status_code == 404
        assert ada[0].post(where, {"files": upload(pdf())}).status_code == 404
    assert answers(other) == []


def test_staff_see_the_request_and_do_not_answer_it(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    staff = signed_in(officer())
    assert "Only the client" in words(staff.get(address(file)).content)
    assert staff.post(address(file), {"files": upload(pdf())}).status_code == 409


def test_signed_out_one_signs_in_first(ada: Ada) -> None:
    where = address(filed(OPEN, ASK, client=ada[1]))
    for answer in (Browser().get(where), Browser().post(where, {"files": upload(pdf())})):
        assert answer.status_code == 302
        assert "/sign-in/" in answer.headers["location"]


def test_a_form_without_its_token_is_not_taken(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = ada[0].cookies
    assert strict.post(address(file), {"files": upload(pdf())}).status_code == 403
    assert answers(file) == []


def test_a_full_disk_is_told_and_nothing_is_recorded(
    ada: Ada, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = filed(OPEN, ASK, client=ada[1])

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = ada[0].post(address(file, language="fr"), {"files": upload(pdf())})
    assert answer.status_code == 503
    assert "Rien n’a été inscrit" in words(answer.content)
    assert answers(file) == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "What you sent is too large"), ("fr", "Votre envoi est trop")]
)
def test_a_post_larger_than_any_answer_is_a_page(
    ada: Ada, language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_POST", 1000)
    file = filed(OPEN, ASK, client=ada[1])
    form = {"files": upload(pdf() + b" " * 1000)}
    strict = with_token(ada[0], address(file))
    answer = strict.post(address(file, language=language), form)
    assert answer.status_code == 413
    assert said in words(answer.content)
    assert answers(file) == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "did not come through"), ("fr", "ne nous est pas parvenu")]
)
def test_a_garbled_post_is_a_page(ada: Ada, language: str, said: str) -> None:
    where = address(filed(OPEN, ASK, client=ada[1]), language=language)
    answer = with_token(ada[0], where).post(
        where,
        b"--x\r\n",
        content_type="multipart/form-data; boundary=" + "x" * 300,
    )
    assert answer.status_code == 400
    assert said in words(answer.content)


def test_files_travel_on_the_disk_and_not_in_memory(settings: Settings) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["parvis.channels.storage.uploads.Limited"]
    assert issubclass(uploads.Limited, uploads.TemporaryFileUploadHandler)


def test_what_was_sent_can_be_had_back_by_its_client_and_staff_alone(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    ada[0].post(address(file), {"files": upload(pdf(), "My secret name.pdf")})
    [one] = sent(file.pk)
    page = ada[0].get(address(file)).content.decode()
    where = f"/en/applications/{file.number}/documents/{one.id}/"
    assert f'href="{where}"' in page
    assert "secret" not in page
    for browser in (ada[0], signed_in(officer())):
        answer = browser.get(where)
        assert b"".join(answer.streaming_content) == pdf()  # type: ignore[attr-defined]
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "no-store" in answer.headers["cache-control"]
    zoe, subject = client("zoe@example.org")
    hers = filed(OPEN, client=subject)
    for number in (file.number, hers.number):
        gone = signed_in(zoe).get(f"/en/applications/{number}/documents/{one.id}/")
        assert gone.status_code == 404
    assert ada[0].get(where.replace(f"/{one.id}/", f"/{10**30}/")).status_code == 404
    assert Browser().get(where).status_code == 302


def test_the_page_takes_few_queries(
    ada: Ada, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    where = address(filed(OPEN, ASK, client=ada[1]))
    # Session and user, file and who may, what came for it, history.
    with django_assert_num_queries(4):
        ada[0].get(where)


def test_nothing_personal_is_in_a_path(ada: Ada, disk: Path) -> None:  # noqa: F811 - the fixture
    file = filed(OPEN, ASK, client=ada[1])
    ada[0].post(address(file), {"files": upload(pdf(), "Ada Example.pdf")})
    names = [path.name for path in disk.rglob("*")]
    assert len(names) == 2
    assert all(re.fullmatch(r"[0-9a-f]{2}|[0-9a-f]{64}", name) for name in names)


@pytest.mark.parametrize(
    ("name", "as_shown"),
    [
        ("scan.pdf", "scan.pdf"),
        ("C:\\Users\\Ada\\scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("fdp.\u202escan.exe", "fdp.\ufffdscan.exe"),
        ("a\nb\0c", "a\ufffdb\ufffdc"),
        ("é" * 100, "é" * 59 + "…"),
        ("", ""),
    ],
)
def test_a_name_is_fit_to_be_shown(name: str, as_shown: str) -> None:
    assert shown(name) == as_shown


def test_a_name_full_of_marks_is_words_on_the_page(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    names = ("<script>alert(1)<", "\u202ecod.exe")
    form = {"files": [upload(b"", name) for name in names]}
    page = ada[0].post(address(file), form).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "alert(1)&lt;" in page

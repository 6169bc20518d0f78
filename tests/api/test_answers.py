"""Answering over HTTP: the page's rules, and problems in the house's shape."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from parvis.casework.applications.models import Application
from parvis.casework.documents.selectors import sent
from parvis.casework.people.models import User
from parvis.channels.storage import uploads
from tests.filing import ASK, OPEN, client, filed, officer
from tests.sending import BAD, VISIT, disk, pdf, png, upload  # noqa: F401 - disk is a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def ada() -> tuple[Browser, int]:
    user, subject = client("ada@example.org")
    return signed_in(user), subject


def send(
    browser: Browser,
    number: str,
    *files: SimpleUploadedFile,
    document: str = "police-certificate",
    lang: str = "en",
    **fields: str,
) -> tuple[int, dict[str, Any]]:
    where = f"/api/applications/{number}/answers/{document}?lang={lang}"
    answer = browser.post(where, {"files": list(files), **fields})
    return answer.status_code, json.loads(answer.content)


def asked(client_id: int) -> Application:
    return filed(OPEN, ASK, client=client_id)


def test_an_answer_is_received_once(ada: tuple[Browser, int]) -> None:
    file = asked(ada[1])
    code, told = send(ada[0], file.number, upload(pdf()), upload(png()))
    assert code == 201
    assert told["again"] is False
    assert told["document"] == {"code": "police-certificate", "name": "Police certificate"}
    assert told["sentence"].startswith("We received: Police certificate on")
    again = send(ada[0], file.number, upload(pdf()), upload(png()))
    assert again[0] == 200
    assert again[1]["again"] is True
    assert again[1]["received_on"] == told["received_on"]
    assert len(sent(file.pk)) == 2


def test_a_visit_is_answered_with_its_day(ada: tuple[Browser, int]) -> None:
    number = filed(VISIT, client=ada[1]).number
    assert send(ada[0], number, document="medical-exam")[1]["code"] == "lacking"
    code, told = send(ada[0], number, document="medical-exam", done_on="soon")
    assert (code, told["code"]) == (422, "not_understood")
    assert "done_on" in told["detail"]
    done = send(ada[0], number, document="medical-exam", done_on="2024-01-20", lang="fr")
    assert done[0] == 201
    assert "Examen médical" in done[1]["sentence"]


@pytest.mark.parametrize("what", BAD)
def test_every_file_that_we_do_not_take_is_told_at_once(
    ada: tuple[Browser, int], what: str
) -> None:
    file = asked(ada[1])
    content, en, fr = BAD[what]
    for lang, said, nth in (("en", en, "File 2: "), ("fr", fr, "Fichier 2\xa0: ")):
        code, told = send(ada[0], file.number, upload(pdf()), upload(content), lang=lang)
        assert (code, told["code"]) == (422, "lacking")
        assert told["detail"].startswith(nth)
        assert said in told["detail"]
    assert sent(file.pk) == []


@pytest.mark.parametrize("count", [0, 11])
def test_no_file_and_too_many(ada: tuple[Browser, int], count: int) -> None:
    files = [upload(png(width)) for width in range(1, count + 1)]
    code, told = send(ada[0], asked(ada[1]).number, *files)
    assert (code, told["code"]) == (422, "lacking")


def test_what_nobody_waits_for_is_a_conflict(ada: tuple[Browser, int]) -> None:
    file = asked(ada[1])
    assert send(ada[0], file.number, upload(pdf()), document="study-plan")[0] == 409
    send(ada[0], file.number, upload(pdf()))
    code, told = send(ada[0], file.number, upload(png()), lang="fr")
    assert (code, told["code"]) == (409, "refused")
    assert told["detail"].startswith("Vous avez déjà répondu.")
    assert send(signed_in(officer()), file.number, upload(pdf()))[0] == 409


def test_somebody_elses_file_does_not_exist(ada: tuple[Browser, int]) -> None:
    _, subject = client("zoe@example.org")
    code, told = send(ada[0], asked(subject).number, upload(pdf()))
    assert (code, told["code"]) == (404, "not_found")


def test_nobody_signs_in_first(ada: tuple[Browser, int]) -> None:
    assert send(Browser(), asked(ada[1]).number, upload(pdf()))[0] == 401


def test_without_its_token_a_session_is_not_enough(ada: tuple[Browser, int]) -> None:
    file = asked(ada[1])
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = ada[0].cookies
    code, told = send(strict, file.number, upload(pdf()))
    assert (code, told["code"]) == (403, "no_token")
    strict.get("/en/sign-out/")
    token = strict.cookies["csrftoken"].value
    answer = strict.post(
        f"/api/applications/{file.number}/answers/police-certificate",
        {"files": [upload(pdf())]},
        headers={"x-csrftoken": token},
    )
    assert answer.status_code == 201


def test_too_large_and_garbled(ada: tuple[Browser, int], monkeypatch: pytest.MonkeyPatch) -> None:
    number = asked(ada[1]).number
    garbled = ada[0].post(
        f"/api/applications/{number}/answers/police-certificate",
        b"--x\r\n",
        content_type="multipart/form-data; boundary=" + "x" * 300,
    )
    assert (garbled.status_code, json.loads(garbled.content)["code"]) == (400, "garbled")
    monkeypatch.setattr(uploads, "LARGEST_POST", 100)
    code, told = send(ada[0], number, upload(pdf() * 10))
    assert (code, told["code"]) == (413, "too_large")


def test_a_full_disk_is_told(ada: tuple[Browser, int], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    file = asked(ada[1])
    monkeypatch.setattr("os.fsync", full)
    code, told = send(ada[0], file.number, upload(pdf()))
    assert (code, told["code"]) == (503, "not_kept")
    assert sent(file.pk) == []


def test_the_description_declares_every_answer() -> None:
    told = json.loads(Browser().get("/api/openapi.json").content)
    answers = told["paths"]["/api/applications/{number}/answers/{document}"]["post"]["responses"]
    assert set(answers) == {"200", "201", "400", "401", "403", "404", "409", "413", "422", "503"}

"""A whole file over HTTP: to its client alone, as described, signed, and counted."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser

from parvis.api import held_schemas as schemas
from parvis.casework.accesses.selectors import files_taken
from parvis.lib.text import LANGUAGES, Language
from parvis.readers.held import page
from parvis.readers.held.signing import signer
from parvis.readers.held.verifying import verify
from tests.sending import disk  # noqa: F401 - a fixture
from tests.taking import Filed, answered, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


@pytest.fixture
def ada() -> tuple[Browser, Filed]:
    one, browser = answered(), Browser()
    promised(one)
    browser.force_login(one.user)
    return browser, one


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (page.Moment, schemas.MomentOut),
        (page.EntryLine, schemas.EntryOut),
        (page.DocumentLine, schemas.DocumentOut),
        (page.AskedLine, schemas.AskedOut),
        (page.GivenLine, schemas.GivenOut),
        (page.WithheldLine, schemas.WithheldOut),
        (page.LookLine, schemas.LookOut),
        (page.LooksDay, schemas.LooksDayOut),
        (page.LooksPage, schemas.LooksOut),
        (page.YouLine, schemas.YouOut),
    ],
)
def test_the_schemas_have_the_fields_of_the_page(ours: Any, theirs: Any) -> None:
    assert {field.name for field in fields(ours)} == set(theirs.model_fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_as_the_description_says(
    ada: tuple[Browser, Filed], language: Language
) -> None:
    browser, one = ada
    for path, shape in (("file", schemas.WholeFileOut), ("accesses", schemas.AccessesOut)):
        answer = browser.get(f"/api/applications/{one.number}/{path}", {"lang": language})
        assert answer.status_code == 200
        assert "no-store" in answer.headers["cache-control"]
        told = json.loads(answer.content)
        assert told["language"] == language
        shape.model_validate(told)
        assert set(told) == set(shape.model_fields)


def test_the_archive_is_ours_and_is_counted(ada: tuple[Browser, Filed], tmp_path: Path) -> None:
    browser, one = ada
    answer = browser.get(f"/api/applications/{one.number}/file.zip")
    assert answer.headers["content-type"] == "application/zip"
    path = tmp_path / "one.zip"
    path.write_bytes(answer.getvalue())
    key = Browser().get("/api/archive-key").content
    assert key == signer().public_key
    assert verify(path, key).findings == []
    [month] = files_taken(ZoneInfo("UTC"))
    assert (month.by_clients, month.by_mail) == (1, 0)


def test_the_archive_and_the_key_are_described_as_what_they_are() -> None:
    told = json.loads(Browser().get("/api/openapi.json").content)["paths"]
    for path, kind in (
        ("/api/applications/{number}/file.zip", "application/zip"),
        ("/api/archive-key", "application/x-pem-file"),
    ):
        assert list(told[path]["get"]["responses"]["200"]["content"]) == [kind]
    answers = told["/api/applications/{number}/file"]["get"]["responses"]
    assert set(answers) == {"200", "401", "403", "404", "422"}


def test_a_place_that_is_none_is_not_understood(ada: tuple[Browser, Filed]) -> None:
    browser, one = ada
    for place, status in (("x", 422), ("-1", 422), ("9" * 30, 422), ("999999999", 200)):
        address = f"/api/applications/{one.number}/accesses"
        assert browser.get(address, {"before": place}).status_code == status

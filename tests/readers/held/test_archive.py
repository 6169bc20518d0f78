"""The archive: whole, signed, in both languages, made in little memory, and silent on secrets."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from parvis.casework.accesses.services import record_access
from parvis.casework.documents.services import StoredDocument
from parvis.casework.events import log
from parvis.casework.people.policies import Act, Capacity, Relation
from parvis.casework.people.services import keep_answers
from parvis.lib.signatures import NoKey, Signer, fingerprint, is_signed
from parvis.lib.text import LANGUAGES, Language
from parvis.programs.schema import Program
from parvis.readers.held.archive import archive
from tests.filing import officer, seen
from tests.readers.held.test_page import hiding  # noqa: F401 - a fixture
from tests.sending import disk, pdf, png  # noqa: F401 - a fixture
from tests.taking import LATER, SIGNER, answered, members, of_another_system, packed, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]


def test_it_holds_all_of_it_and_the_digest_of_each() -> None:
    one = answered()
    promised(one)
    found = members(packed(one))
    names = ["README.txt", "file.html", "file.fr.html", "file.json", "accesses.csv"]
    documents = [name for name in found if name.startswith("documents/")]
    assert list(found) == [*names, *documents, "key.pem", "manifest.json", "manifest.sig"]
    assert [found[name] for name in documents] == [pdf(), png()]
    told = json.loads(found["manifest.json"])
    assert {line["name"]: line["sha256"] for line in told["members"]} == {
        name: sha256(what).hexdigest()
        for name, what in found.items()
        if not name.startswith("manifest.")
    }
    assert is_signed(found["manifest.json"], found["manifest.sig"], found["key.pem"])
    assert (told["number"], told["lost"], told["altered"]) == (one.number, [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_asked_for_has_the_plain_name(language: Language) -> None:
    found = members(packed(answered(), language=language))
    other = "fr" if language == "en" else "en"
    assert f'<html lang="{language}">' in found["file.html"].decode()
    assert f'<html lang="{other}">' in found[f"file.{other}.html"].decode()
    first = {"en": "YOUR FILE", "fr": "VOTRE DOSSIER"}[language]
    assert found["README.txt"].decode().startswith(first)
    assert fingerprint(SIGNER.public_key) in found["README.txt"].decode()


def test_the_pages_need_nothing_else_and_escape_what_people_typed() -> None:
    found = members(packed(answered(name="<script>alert(1)</script>")))
    for name in ("file.html", "file.fr.html"):
        page = found[name].decode()
        assert "<script" not in page
        assert not re.search(r"""(src|href)=["'](https?:)?//""", page)
        for linked in re.findall(r'href="([^"]+)"', page):
            assert linked.startswith("https://laws-lois.justice.gc.ca/") or linked in found


def test_the_data_has_every_fact_with_its_digest_in_the_chain() -> None:
    one = answered()
    told = json.loads(members(packed(one))["file.json"])
    digests = [digest.hex() for digest in log.digests(one.application.id)]
    assert [entry["digest"] for entry in told["entries"]] == digests
    asked = told["entries"][2]
    assert asked["data"]["document"] == "police-certificate"
    assert set(asked["sentence"]) == {"en", "fr"}


def test_withheld_entries_leave_no_trace_by_which_to_guess_them(hiding: Program) -> None:  # noqa: F811
    application = of_another_system(hiding, "Create Fine", "Phone the garage", "Send Fine")
    content = b"".join(archive(seen(application), language="en", signer=SIGNER, at=LATER))
    found = members(content)
    told = json.loads(found["file.json"])
    first, last = told["entries"]
    assert first["digest"] is not None
    # The digest after a gap covers the one within it, which could be tried out.
    assert last["digest"] is None
    hidden = [digest.hex().encode() for digest in log.digests(application.id)[1:]]
    for what in found.values():
        assert not any(digest in what for digest in hidden)
        assert b"Phone" not in what
    assert b"1 entry \xe2\x80\x93 Not reviewed yet" in found["file.html"]


def test_who_looked_is_all_there_without_a_name() -> None:
    one, user = answered(), officer()
    for _ in range(60):
        record_access(
            application=one.application.id,
            user=user,
            relation=Relation(Capacity.OFFICER),
            act=Act.SEE,
            at=LATER,
        )
    table = list(csv.DictReader(io.StringIO(members(packed(one))["accesses.csv"].decode())))
    assert len(table) == 60
    assert table[0] == {
        "at": "2024-01-22T10:00:00-05:00",
        "who": "officer",
        "what": "see",
        "sentence_en": "An officer read your application.",
        "sentence_fr": "Un agent a consulté votre demande.",
    }


def test_what_is_lost_or_altered_is_said_in_what_we_sign(disk: Path) -> None:  # noqa: F811
    one = answered()
    first, second = sorted(path for path in disk.rglob("*") if path.is_file())
    first.unlink()
    second.write_bytes(b"something else")
    told = json.loads(members(packed(one))["manifest.json"])
    assert len(told["lost"]) == len(told["altered"]) == 1
    assert {*told["lost"], *told["altered"]} == {
        f"documents/{one.number}-police-certificate-{row.pk}.{suffix}"
        for row, suffix in zip(StoredDocument.objects.order_by("pk"), ("pdf", "png"), strict=True)
    }


def test_little_of_it_is_in_memory_at_a_time(disk: Path) -> None:  # noqa: F811
    one = answered()
    for path in [path for path in disk.rglob("*") if path.is_file()]:
        with path.open("r+b") as content:
            content.truncate(64 * 1024 * 1024)
    packed(answered("warm@example.org"))
    parts = archive(seen(one.application), language="en", signer=SIGNER, at=LATER)
    tracemalloc.start()
    sent = sum(map(len, parts))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 64 * 1024
    assert most < 4 * 1024 * 1024


def test_it_is_an_archive_that_any_program_opens(tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    path.write_bytes(packed(answered()))
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        assert {info.external_attr >> 16 for info in opened.infolist()} == {0o644}


def test_one_secret_makes_another_key_for_another_purpose() -> None:
    one, other = (Signer(b"secret", purpose=purpose) for purpose in ("a", "b"))
    assert one.public_key != other.public_key
    assert is_signed(b"x", one.sign(b"x"), one.public_key)
    assert not is_signed(b"x", one.sign(b"x"), other.public_key)
    assert not is_signed(b"y", one.sign(b"x"), one.public_key)
    with pytest.raises(NoKey):
        is_signed(b"x", b"", b"no key")


def test_it_holds_the_answers_that_its_reader_had_kept_and_nobody_else_s() -> None:
    one, other = answered(), answered("ben@example.org")
    keep_answers(user=one.user, answers={"answers": {"age": 30}, "skipped": []}, at=LATER)
    told = json.loads(members(packed(one))["answers.json"])
    assert told == {"kept_at": LATER.isoformat(), "answers": {"age": 30}, "skipped": []}
    assert "answers.json" not in members(packed(other))

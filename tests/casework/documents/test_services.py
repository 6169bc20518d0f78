"""Answering: once, by the client, with what was asked for, and only with what is durably kept."""

import errno
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from parvis.casework.applications import services as applications
from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.models import Application
from parvis.casework.documents import services
from parvis.casework.documents.answers import NO_DAY, NO_FILE, NO_VISIT, NOT_YET, AnswerRefused
from parvis.casework.documents.models import StoredDocument
from parvis.casework.documents.policies import can_answer
from parvis.casework.documents.selectors import content_of, sent, sent_one
from parvis.casework.documents.services import Answered, answer_request, keep
from parvis.casework.documents.store import StoreFailed
from parvis.casework.events import log
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused, Capacity, Relation
from parvis.programs.vocabulary import SectionStatus, Turn
from parvis.readers.tracker import file_page
from tests.filing import ASK, OPEN, RECEIVED, client, filed, officer, seen
from tests.sending import VISIT, opened, pdf, png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]
AT = RECEIVED + timedelta(days=10)
Ada = tuple[User, int]


@pytest.fixture
def ada() -> Ada:
    return client("ada@example.org")


def send(
    file: Application,
    by: User,
    *contents: bytes,
    document: str = "police-certificate",
    done_on: date | None = None,
    at: datetime = AT,
) -> Answered:
    files = [keep(opened(content)) for content in contents]
    return answer_request(
        application=file.pk, document=document, files=files, done_on=done_on, by=by, at=at
    )


def answers(file: Application) -> list[ClientAnswered]:
    facts = [one.fact for one in log.history(file.pk)]
    return [fact for fact in facts if isinstance(fact, ClientAnswered)]


def test_an_answer_with_files_gives_the_turn_back_and_is_one_fact(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    done = send(file, ada[0], pdf(), png())
    assert not done.again
    assert file_page(seen(file), AT).turn.code is Turn.DEPARTMENT
    assert done.application.state.sections["background"].status is SectionStatus.IN_PROGRESS
    [fact] = answers(file)
    rows = sent(file.pk)
    assert fact.files == tuple(one.sha256 for one in rows)
    assert fact.done_on is None
    with content_of(rows[0]) as content:
        assert content.read() == pdf()
    assert [one.size for one in rows] == [len(pdf()), len(png())]


def test_the_log_holds_digests_and_no_name(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    send(file, ada[0], pdf())
    assert all(len(digest) == 64 for fact in answers(file) for digest in fact.files or ())
    assert [one.by for one in log.history(file.pk)][-1] == ada[0].ref


def test_an_answer_of_before_reads_as_it_did() -> None:
    old = ClientAnswered(document="police-certificate")
    assert b"files" not in old.encoded.payload
    assert b"done_on" not in old.encoded.payload


def test_the_same_answer_sent_twice_is_one_answer(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    assert not send(file, ada[0], pdf(), png()).again
    assert send(file, ada[0], png(), pdf(), at=AT + timedelta(minutes=1)).again
    assert len(answers(file)) == 1
    assert len(sent(file.pk)) == 2


def test_the_same_file_chosen_twice_is_one_file(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    send(file, ada[0], pdf(), pdf())
    assert len(sent(file.pk)) == 1


def test_asked_again_the_same_file_is_a_new_answer(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    send(file, ada[0], pdf())
    applications.ask_client(application=file, **ASK[1], by="test", at=AT + timedelta(days=1))
    assert not send(file, ada[0], pdf(), at=AT + timedelta(days=2)).again
    assert len(answers(file)) == 2
    assert len(sent(file.pk)) == 2


def test_something_else_for_an_answered_request_is_refused(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    send(file, ada[0], pdf())
    with pytest.raises(ActRefused, match="already answered"):
        send(file, ada[0], png())
    assert len(answers(file)) == 1


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        ([], "did not ask"),
        ([OPEN, ASK, ("withdraw", {})], "closed"),
        ([OPEN, ASK, ("abandon", {})], "closed"),
        ([OPEN, ASK, ("abandon", {}), ("reopen", {})], "no longer need"),
    ],
    ids=["never asked", "withdrawn", "abandoned", "lapsed"],
)
def test_what_is_not_open_is_refused(
    ada: Ada, acts: list[tuple[str, dict[str, object]]], said: str
) -> None:
    file = filed(*acts, client=ada[1])
    with pytest.raises(ActRefused, match=said) as caught:
        send(file, ada[0], pdf())
    assert caught.value.reason.fr
    assert not can_answer(seen(file).state, "police-certificate", Relation(Capacity.CLIENT))
    assert sent(file.pk) == []


def test_only_the_client_of_the_file_answers(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    zoe, _ = client("zoe@example.org")
    for other in (zoe, officer()):
        with pytest.raises(ActRefused, match="Only the client"):
            send(file, other, pdf())
    with pytest.raises(ActRefused, match="Only the client"):
        send(filed(OPEN, ASK), ada[0], pdf())
    assert answers(file) == []


def test_an_answer_without_a_file_is_refused(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    with pytest.raises(AnswerRefused) as caught:
        send(file, ada[0])
    assert [lack.reason for lack in caught.value.lacks] == [NO_FILE]


def test_too_many_files_are_refused(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    with pytest.raises(AnswerRefused, match="10 files at most"):
        send(file, ada[0], *(png(width) for width in range(1, 12)))
    send(file, ada[0], *(png(width) for width in range(1, 11)))


ASKED_ON = (RECEIVED + timedelta(days=1)).date()


@pytest.mark.parametrize(
    ("done_on", "said"),
    [
        (None, NO_DAY.en),
        (AT.date() + timedelta(days=1), NOT_YET.en),
        (ASKED_ON - timedelta(days=1), "We asked you on 13 January 2024."),
    ],
    ids=["none", "tomorrow", "before we asked"],
)
def test_a_visit_needs_its_day(ada: Ada, done_on: date | None, said: str) -> None:
    file = filed(VISIT, client=ada[1])
    with pytest.raises(AnswerRefused) as caught:
        send(file, ada[0], pdf(), document="medical-exam", done_on=done_on)
    [lack] = caught.value.lacks
    assert lack.field == "done_on"
    assert said in lack.reason.en


@pytest.mark.parametrize("proof", [(), (pdf(),)], ids=["without proof", "with proof"])
@pytest.mark.parametrize("done_on", [ASKED_ON, AT.date()])
def test_a_visit_is_answered_with_its_day(
    ada: Ada, proof: tuple[bytes, ...], done_on: date
) -> None:
    file = filed(VISIT, client=ada[1])
    send(file, ada[0], *proof, document="medical-exam", done_on=done_on)
    assert send(file, ada[0], *proof, document="medical-exam", done_on=done_on).again
    [fact] = answers(file)
    assert fact.done_on == done_on
    told = file_page(seen(file), AT).history[0].sentence
    assert told.en.startswith("You told us that this took place on")
    assert ("(1 file)" in told.en) == bool(proof)


def test_the_day_is_the_departments_not_that_of_greenwich(ada: Ada) -> None:
    file = filed(VISIT, client=ada[1])
    late_in_toronto = datetime.fromisoformat("2024-01-20T03:00:00+00:00")
    with pytest.raises(AnswerRefused):
        send(file, ada[0], document="medical-exam", done_on=date(2024, 1, 20), at=late_in_toronto)


def test_a_day_goes_with_visits_only(ada: Ada) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    with pytest.raises(AnswerRefused) as caught:
        send(file, ada[0], pdf(), done_on=ASKED_ON)
    assert [lack.reason for lack in caught.value.lacks] == [NO_VISIT]


def test_nothing_is_acknowledged_that_the_disk_did_not_take(
    ada: Ada, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = filed(OPEN, ASK, client=ada[1])

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StoreFailed):
            send(file, ada[0], pdf())
    assert answers(file) == []


def test_contents_that_are_gone_are_not_acknowledged(ada: Ada, disk: Path) -> None:
    file = filed(OPEN, ASK, client=ada[1])
    kept = services.look_at(opened(pdf()))
    with pytest.raises(StoreFailed):
        answer_request(
            application=file.pk,
            document="police-certificate",
            files=[kept],
            by=ada[0],
            at=AT,
        )
    assert answers(file) == []


def test_a_document_is_found_on_its_own_file_only(ada: Ada) -> None:
    mine, other = filed(OPEN, ASK, client=ada[1]), filed(OPEN, client=ada[1])
    send(mine, ada[0], pdf())
    [one] = sent(mine.pk, "police-certificate")
    assert sent_one(mine.pk, one.id) == one
    assert sent_one(other.pk, one.id) is None
    assert sent(mine.pk, "proof-of-funds") == []


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"sha256": "../x"}, "a_file_is_named_by_its_sha256"),
        ({"media_type": "text/html"}, "a_file_is_of_a_kind_that_we_take"),
        ({"size": 0}, "a_file_is_not_empty"),
    ],
)
def test_the_database_keeps_the_promises(ada: Ada, wrong: dict[str, object], name: str) -> None:
    good = {
        "application_id": filed(client=ada[1]).pk,
        "document": "police-certificate",
        "sha256": "0" * 64,
        "media_type": "image/png",
        "size": 1,
        "received_at": AT,
        "by": "test",
    }
    with pytest.raises(IntegrityError, match=name):
        StoredDocument.objects.create(**good | wrong)

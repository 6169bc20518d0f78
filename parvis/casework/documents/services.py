"""Taking what clients send: contents first, durably, and only then the fact that we have them.

Whoever is killed between the two leaves contents that nothing names, and no fact: the client was
told nothing, and sends once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from parvis.casework.applications import services as applications
from parvis.casework.applications.facts import ClientAnswered
from parvis.casework.applications.models import Application
from parvis.casework.applications.selectors import relation_to
from parvis.casework.applications.state import State
from parvis.casework.documents import answers, policies
from parvis.casework.documents.contents import MediaType, media_type_of, size_of
from parvis.casework.documents.models import StoredDocument
from parvis.casework.documents.store import digest_of, store
from parvis.casework.events import log
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, check_may, relation_of


@dataclass(frozen=True, slots=True)
class Kept:
    """Contents as the store keeps them, before they answer anything."""

    sha256: str
    media_type: MediaType
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer; `again` where the very same one had come before."""

    application: Application
    again: bool


def look_at(content: BinaryIO) -> Kept:
    """Return what a file would be kept as; raise `FileRefused` where we do not take it."""
    return Kept(media_type=media_type_of(content), sha256=digest_of(content), size=size_of(content))


def keep(content: BinaryIO) -> Kept:
    """Keep a file in the store, so that an answer can name it.

    Raises `FileRefused` where we do not take it, `StoreFailed` where it cannot be kept.
    """
    kept = look_at(content)
    store().keep(kept.sha256, content)
    return kept


def answer_request(  # noqa: PLR0913 - an act says what, with what, by whom and when
    *,
    application: int,
    document: str,
    files: Sequence[Kept],
    done_on: date | None = None,
    by: User,
    at: datetime,
) -> Answered:
    """Answer what a client was asked for, with files, with the day of a visit, or with both.

    The same answer sent twice is one answer. Raises `ActRefused` where nobody waits for it,
    `AnswerRefused` where it lacks something.
    """
    files = list(dict.fromkeys(files))
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).get(pk=application)
        state = row.state
        relation = relation_to(row.pk, by, at=at)
        policies.check_may_answer(relation)
        if _came_before(row.pk, state, document, files, done_on):
            return Answered(row, again=True)
        policies.check_can_answer(state, document, relation)
        lacks = answers.lacks_of(state, document, files=len(files), done_on=done_on, at=at)
        if lacks:
            raise answers.AnswerRefused(*lacks)
        _store_rows(row.pk, document, files, by, at)
        row = applications.receive_answer(
            application=row,
            document=document,
            files=tuple(one.sha256 for one in files) or None,
            done_on=done_on,
            mandate=relation.mandate,
            by=by.ref,
            at=at,
        )
    return Answered(row, again=False)


def hand_in(*, application: int, document: str, file: Kept, by: User, at: datetime) -> Application:
    """Take a document for a client that reached us by another way, as their answer to a request.

    Raises `ActRefused` where nobody waits for it.
    """
    check_may(Act.HAND_IN, relation_of(by))
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).get(pk=application)
        policies.check_is_asked_for(row.state, document)
        _store_rows(row.pk, document, [file], by, at)
        return applications.receive_answer(
            application=row, document=document, files=(file.sha256,), by=by.ref, at=at
        )


def _store_rows(
    application: int, document: str, files: Sequence[Kept], by: User, at: datetime
) -> None:
    answers.check_are_kept(one.sha256 for one in files)
    StoredDocument.objects.bulk_create(
        StoredDocument(
            application_id=application,
            document=document,
            sha256=one.sha256,
            media_type=one.media_type,
            size=one.size,
            received_at=at,
            by=by.ref,
        )
        for one in files
    )


def _came_before(
    application: int, state: State, document: str, files: Sequence[Kept], done_on: date | None
) -> bool:
    """Return whether this very answer is the one that closed the request: a second click."""
    request = policies.latest_request(state, document)
    if request is None or request.is_open or not (files or done_on):
        return False
    facts = (recorded.fact for recorded in log.history(application))
    given = [
        fact for fact in facts if isinstance(fact, ClientAnswered) and fact.document == document
    ]
    return bool(given) and (set(given[-1].files or ()), given[-1].done_on) == (
        {one.sha256 for one in files},
        done_on,
    )

"""Answers of clients over HTTP, by the rules of the page."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, cast

from django.http import Http404, HttpRequest
from ninja import File, Form, Router, Schema, Status, UploadedFile

from parvis.api.problems import language_of
from parvis.api.schemas import Named, Problem
from parvis.casework.applications.opening import open_file
from parvis.casework.documents.answers import TOO_MANY, AnswerRefused, Lack
from parvis.casework.documents.contents import MOST, FileRefused
from parvis.casework.documents.policies import can_answer
from parvis.casework.documents.services import Kept, answer_request, keep, look_at
from parvis.lib import clock
from parvis.lib.text import Language, Text
from parvis.readers.tracker.request import receipt

router = Router(tags=["applications"])


class ReceiptOut(Schema):
    """That an answer came; `again` where the very same one had come before."""

    document: Named
    received_on: date
    again: bool
    sentence: str


@router.post(
    "/applications/{number}/answers/{document}",
    response={
        200: ReceiptOut,
        201: ReceiptOut,
        **dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 503), Problem),
    },
    summary="Answer what the client was asked for",
    operation_id="answer",
)
def answer(  # noqa: PLR0913 - each is a part of the request
    request: HttpRequest,
    number: str,
    document: str,
    *,
    files: File[list[UploadedFile]] = [],  # noqa: B006 - ninja's way to say: none need come
    done_on: Form[date | None] = None,
    lang: Language | None = None,
) -> Status[dict[str, Any]]:
    """Take a client's answer: files (PDF, JPEG, PNG), the day of a visit, or both.

    Send the session's token as `X-CSRFToken`, unless you come with a key. The same answer sent
    twice is one answer: 201 the first time, 200 after. Only the client, or their
    representative, can answer (409).
    """
    user = request.user
    assert user.is_authenticated  # noqa: S101 - nobody else gets past the sign-in
    at = clock.now()
    found = open_file(number=number, by=user, at=at)
    if len(found) != 1:
        raise Http404
    [file] = found
    looked_at = _looked_at(files)
    if can_answer(file.state, document, file.relation):
        for one in files:
            keep(_content(one))
    done = answer_request(
        application=file.id,
        document=document,
        files=looked_at,
        done_on=done_on,
        by=user,
        at=at,
    )
    told, language = (
        receipt(done.application.state, document, again=done.again),
        language_of(request),
    )
    told_as_data = {
        "document": {"code": document, "name": told.document.name[language]},
        "received_on": told.on.on,
        "again": done.again,
        "sentence": told.sentence[language],
    }
    return Status(200 if done.again else 201, told_as_data)


def _looked_at(files: Sequence[UploadedFile]) -> list[Kept]:
    """Return what the files would be kept as; refuse all that cannot be taken, at once."""
    if len(files) > MOST:
        raise AnswerRefused(Lack("files", TOO_MANY))
    good: list[Kept] = []
    lacks: list[Lack] = []
    for nth, one in enumerate(files, 1):
        try:
            good.append(look_at(_content(one)))
        except FileRefused as refused:
            lacks.append(Lack("files", _of_file(nth, refused.reason)))
    if lacks:
        raise AnswerRefused(*lacks)
    return good


def _content(one: UploadedFile) -> BinaryIO:
    return cast("BinaryIO", one.file)


def _of_file(nth: int, reason: Text) -> Text:
    return Text(en=f"File {nth}: {reason.en}", fr=f"Fichier {nth}\N{NO-BREAK SPACE}: {reason.fr}")

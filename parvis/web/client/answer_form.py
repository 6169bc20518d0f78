"""What stands in the form of an answer: what was given, what is wrong with it, what was kept.

A browser forgets the files of a form that comes back. So what is good of them is kept at once, and
the form names it, signed: nobody can name contents that they did not send themselves.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core import signing
from django.http import QueryDict

from parvis.casework.applications.selectors import File
from parvis.casework.documents.answers import TOO_MANY, Field, Lack, lacks_of
from parvis.casework.documents.contents import MOST, FileRefused, MediaType
from parvis.casework.documents.services import Kept, keep, look_at
from parvis.casework.people.policies import Act, may
from parvis.lib.text import Text
from parvis.programs.vocabulary import AnsweredBy
from parvis.readers.tracker.request import RequestPage, what_is
from parvis.web.mandates.words import comes_as

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

KEPT_FOR_S = 24 * 60 * 60
"""How long a form may name what was kept for it."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, with which field, and of which file where there are several."""

    field: Field
    reason: Text
    name: str = ""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A file that was good, beside one that was not: kept until the answer is."""

    token: str
    name: str
    """As its sender called it: the form alone remembers."""
    what: Text


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A request, and the form of its answer unless it is refused."""

    request: RequestPage
    refused: Text | None
    failed: Text | None
    wrong_files: tuple[Wrong, ...]
    wrong_day: tuple[Wrong, ...]
    kept: tuple[KeptLine, ...]
    done_on: str
    """As it was typed."""
    is_visit: bool
    """Whether the answer is a day."""
    earliest: str
    latest: str
    """The first and the last day that can be given, as browsers want them."""
    comes_as: Text | None
    """Whose application it is, for who sees it by a mandate."""
    readable: bool
    """Whether whoever looks may have what was sent back."""


class AnswerForm:
    """Reads what was sent."""

    def __init__(self, asked: RequestPage, by: str, file: File) -> None:
        self._asked, self._file = asked, file
        self._salt = f"answer:{by}:{file.id}:{asked.document.code}"
        self._typed = ""
        self._names: dict[str, str] = {}
        self.files: list[Kept] = []
        self.done_on: date | None = None
        self.errors: list[Wrong] = []

    def read(
        self,
        post: QueryDict,
        files: "MultiValueDict[str, UploadedFile[bytes]]",
        *,
        keeps: bool,
        at: datetime,
    ) -> None:
        """Read a post; where `keeps`, its good files are kept. Raises `StoreFailed`."""
        self._typed = post.get("done_on", "").strip()[:20]
        self.done_on = _day(self._typed) if self._asked.answered_by is AnsweredBy.VISIT else None
        self.files = [kept for token in post.getlist("kept")[:MOST] for kept in self._named(token)]
        given = files.getlist("files")
        if len(self.files) + len(given) > MOST:
            self.errors.append(Wrong("files", TOO_MANY))
        else:
            self._read_files(given, keeps=keeps)
        if keeps:
            here = MOST if self.errors else len(self.files)
            self.lacks(
                lacks_of(
                    self._file.state,
                    self._asked.document.code,
                    files=here,
                    done_on=self.done_on,
                    at=at,
                )
            )

    def lacks(self, lacks: Iterable[Lack]) -> None:
        """Take over what the answer lacks."""
        self.errors += [Wrong(lack.field, lack.reason) for lack in lacks]

    def page(self, *, refused: Text | None = None, failed: Text | None = None) -> AnswerPage:
        """Return the page as it stands."""
        return AnswerPage(
            request=self._asked,
            refused=refused,
            failed=failed,
            wrong_files=tuple(one for one in self.errors if one.field == "files"),
            wrong_day=tuple(one for one in self.errors if one.field == "done_on"),
            kept=tuple(
                KeptLine(
                    self._token(one), self._names[one.sha256], what_is(one.media_type, one.size)
                )
                for one in dict.fromkeys(self.files)
            ),
            done_on=self._typed,
            is_visit=self._asked.answered_by is AnsweredBy.VISIT,
            earliest=self._asked.asked_on.on.isoformat(),
            latest=self._asked.today.on.isoformat(),
            comes_as=comes_as(self._file.relation, self._file.client_name),
            readable=may(Act.READ_SENT, self._file.relation),
        )

    def _read_files(self, given: "list[UploadedFile[bytes]]", *, keeps: bool) -> None:
        for one in given:
            name = shown(one.name or "")
            try:
                content = cast("BinaryIO", one.file)
                kept = keep(content) if keeps else look_at(content)
            except FileRefused as refused:
                self.errors.append(Wrong("files", refused.reason, name if len(given) > 1 else ""))
            else:
                self._names[kept.sha256] = name
                self.files.append(kept)

    def _token(self, one: Kept) -> str:
        named = [one.sha256, one.media_type, one.size, self._names[one.sha256]]
        return signing.dumps(named, salt=self._salt)

    def _named(self, token: str) -> list[Kept]:
        try:
            sha256, media_type, size, name = signing.loads(
                token, salt=self._salt, max_age=KEPT_FOR_S
            )
        except signing.BadSignature:
            return []
        self._names[sha256] = name
        return [Kept(sha256, MediaType(media_type), size)]


def shown(name: str) -> str:
    """Return a file's name fit to be shown back to its sender: one line, nothing that hides."""
    name = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    plain = unicodedata.normalize("NFC", plain)
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1]}…"


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None

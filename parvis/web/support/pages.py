"""The desk's pages, ready for their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from parvis.casework.applications.selectors import File
from parvis.casework.enquiries.selectors import Brief, Document, Enquiry, Written
from parvis.casework.enquiries.status import BY_MOUTH, SPEAKS_OF_THE_FILE, Scan, Status, Writing
from parvis.casework.lines.selectors import KnownLine
from parvis.lib.dates import Moment, moment
from parvis.lib.durations import grouped
from parvis.lib.references import application_number, enquiry_number
from parvis.lib.text import Text
from parvis.programs.topics.loader import all_topics
from parvis.readers.tracker import FileLine, file_lines, file_page
from parvis.readers.tracker.page import FilePage
from parvis.web.support.drafts import Draft
from parvis.web.support.replies import Offered
from parvis.web.support.words import (
    CHANNELS,
    LANGUAGES,
    MAY_SAY,
    SCANS,
    STATUSES,
    topic_name,
)

_LATELY = timedelta(minutes=10)
"""Whoever looked at an enquiry so lately may be at it still."""
_GONE = Text(
    en="You do not have this enquiry any more. What you typed is below.",
    fr="Vous n’avez plus cette demande de renseignements. Ce que vous avez tapé est ci-dessous.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    code: str
    name: Text
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class BriefLine:
    """An enquiry in a list."""

    number: str
    subject: str
    line: Text
    language: Text
    topic: Text
    channel: Text
    status: Text
    opened: Moment
    promised: Moment
    late: bool
    returns: Moment | None


@dataclass(frozen=True, slots=True)
class MinePage:
    """What an agent has."""

    lines: tuple[BriefLine, ...]
    capacity: int | None
    """How many they can have at once; None for who answers on no line."""
    answers_on: tuple[Text, ...]
    none: bool = False
    """They asked for the next, and none waits for them."""
    wrong: Text | None = None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that came with a message."""

    id: int
    name: str
    size: Text
    scan: Text
    opens: bool
    filed_to: str | None
    fits: tuple[Choice, ...]
    """The requests of the application that it can be handed to as an answer."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """Something that was written."""

    id: int
    kind: Writing
    who: str
    said: str
    quoted: str
    at: Moment
    copies: int
    waits: bool
    """An answer that no server has taken yet."""
    returned: bool
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """An enquiry on the desk of whoever answers it."""

    brief: BriefLine
    has: bool
    """Whether whoever looks has it, and may act."""
    address: str
    phone: str
    """The number at which to call back."""
    by_mouth: bool
    """Whether they are told, and nothing is sent."""
    may_say: Text
    sure: Text | None
    """How sure the topic is."""
    seen_by: str | None
    merged_into: str | None
    written: tuple[WrittenLine, ...]
    others: tuple[BriefLine, ...]
    file: FilePage | None
    files: tuple[FileLine, ...]
    draft: str
    drafted: bool
    begun: bool
    """Whether the answer so far is what somebody typed, and no draft of ours."""
    typed: str
    """What somebody typed who has it no more; it is not lost."""
    note: str
    number: str
    on: str
    """What was typed into the other fields, where an act was refused or the page drawn anew."""
    seen: int
    """How many messages of theirs whoever acts was shown."""
    offers: Offered
    topics: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    lines: tuple[Choice, ...]
    wrong: Text | None = None


def brief_line(one: Brief, lines: dict[str, KnownLine], now: datetime) -> BriefLine:
    """Return an enquiry as a list shows it."""
    return BriefLine(
        number=one.number,
        subject=one.subject,
        line=line_name(one.line, lines),
        language=LANGUAGES[one.language],
        topic=topic_name(one.topic),
        channel=CHANNELS[one.channel],
        status=STATUSES[one.status],
        opened=moment_of(one.opened_at),
        promised=moment_of(one.promised_at),
        late=one.promised_at < now and one.status in {Status.WAITING, Status.GIVEN},
        returns=moment_of(one.returns_at) if one.returns_at else None,
    )


def desk_page(  # noqa: PLR0913 - each is a part of the desk
    one: Enquiry,
    *,
    user: int,
    lines: dict[str, KnownLine],
    file: File | None,
    files: Sequence[File],
    draft: Draft | None,
    offers: Offered,
    emails: dict[str, str],
    told: Mapping[str, str],
    seen: int,
    now: datetime,
    wrong: Text | None = None,
) -> DeskPage:
    """Return the desk; `offers` and `told`, a form, have what somebody typed: it is never lost."""
    about = None if file is None else file_page(file, now)
    requests = about.requests if about else ()
    fits = tuple(Choice(asked.document.code, asked.document.name) for asked in requests)
    has = one.agent == user and one.brief.status is Status.GIVEN
    speaks = one.proof in SPEAKS_OF_THE_FILE
    sure = one.confidence
    text = draft.text if draft else ""
    typed = "" if has else offers.typed or ""
    return DeskPage(
        brief=brief_line(one.brief, lines, now),
        has=has,
        address=one.address,
        phone=one.phone,
        by_mouth=is_by_mouth(one),
        may_say=MAY_SAY[one.proof],
        sure=None if sure is None else Text(en=f"{sure:.0%} sure", fr=f"sûr à {sure * 100:.0f} %"),
        seen_by=_other(one, user, emails, now),
        merged_into=enquiry_number(one.merged_into) if one.merged_into else None,
        written=tuple(_line(each, emails, fits if has and speaks else ()) for each in one.written),
        others=tuple(brief_line(other, lines, now) for other in one.others),
        file=about,
        files=file_lines(list(files), now),
        draft=text if offers.typed is None else offers.typed,
        drafted=draft is not None,
        begun=offers.typed not in {None, text},
        typed=typed,
        note=told.get("note", ""),
        number=told.get("application", ""),
        on=told.get("on", ""),
        seen=seen,
        offers=offers,
        topics=tuple(
            Choice(code, known.name, code == one.brief.topic)
            for code, known in all_topics().items()
        ),
        languages=tuple(
            Choice(code, name, code == one.brief.language) for code, name in LANGUAGES.items()
        ),
        lines=tuple(
            Choice(code, known.terms.name)
            for code, known in lines.items()
            if known.closed_at is None and code != one.brief.line
        ),
        wrong=wrong or offers.wrong or (_GONE if typed else None),
    )


def asked_so_far(one: Enquiry) -> int:
    """Return how many messages of theirs there are."""
    return sum(each.writing is Writing.IN for each in one.written)


def is_by_mouth(one: Enquiry) -> bool:
    """Tell whether whoever asked called or came, and left no address to write to."""
    return one.brief.channel in BY_MOUTH and not one.address


def line_name(code: str, lines: dict[str, KnownLine]) -> Text:
    """Return what a line is called; its code where there is none any more."""
    known = lines.get(code)
    return known.terms.name if known else Text(en=code, fr=code)


def _line(one: Written, emails: dict[str, str], fits: tuple[Choice, ...]) -> WrittenLine:
    return WrittenLine(
        id=one.id,
        kind=one.writing,
        who=emails.get(f"user:{one.author}", "") if one.author else one.address,
        said=one.said,
        quoted=one.quoted,
        at=moment_of(one.at),
        copies=one.copies,
        waits=one.writing is Writing.OUT and one.sent_at is None and one.returned_at is None,
        returned=one.returned_at is not None,
        documents=tuple(_document(each, fits) for each in one.documents),
    )


def _document(one: Document, fits: tuple[Choice, ...]) -> DocumentLine:
    opens = one.scan is Scan.CLEAN
    kilobytes = max(1, round(one.size / 1024))
    return DocumentLine(
        id=one.id,
        name=one.name,
        size=Text(en=f"{kilobytes:,} KB", fr=f"{grouped(kilobytes).fr} Ko"),
        scan=SCANS[one.scan],
        opens=opens,
        filed_to=application_number(one.filed_to) if one.filed_to else None,
        fits=fits if opens and one.media_type and one.filed_to is None else (),
    )


def _other(one: Enquiry, user: int, emails: dict[str, str], now: datetime) -> str | None:
    """Return who else looked at an enquiry lately."""
    if one.seen_by in {None, user} or one.seen_at is None:
        return None
    return emails.get(f"user:{one.seen_by}") if now - one.seen_at < _LATELY else None


def moment_of(at: datetime) -> Moment:
    return moment(at, ZoneInfo(settings.TIME_ZONE))

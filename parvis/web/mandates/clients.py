"""The files of all clients of who holds mandates: as a page of fifty, and as a table."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.views.decorators.http import require_safe

from parvis.casework.applications.caseload import Asked, Caseload, Held, caseload
from parvis.lib import clock
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.programs.vocabulary import Turn
from parvis.readers.tracker import FileLine, file_lines
from parvis.web.mandates.asking import asking
from parvis.web.mandates.words import TURNS
from parvis.web.showing import show
from parvis.web.signed_in import private
from parvis.web.tables import table

MOST = 50
COLUMNS = ("number", "client", "program", "turn", "due_on", "overdue", "status", "received_on")
_LONGEST = 200
_FURTHEST, _DIGITS = 100_000, 9
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate instead of showing."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client's file."""

    number: str
    program: Text
    stands: Text
    """What the client has to do, or else the word for where the file stands."""
    client: str
    turn: Text
    overdue: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to choose."""

    code: str
    name: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class ClientsPage:
    """Some of the files, and what was asked for."""

    rows: tuple[ClientRow, ...]
    count: int
    first: int
    last: int
    filtered: bool
    search: str
    overdue: bool
    turns: tuple[Choice, ...]
    programs: tuple[Choice, ...]
    before: str | None
    """What the page before is asked for."""
    next: str | None
    table: str


@require_safe
@private
def clients(request: HttpRequest) -> HttpResponse:
    """Show the files of all clients, whose turn it is first, fifty at a time."""
    now, asked, page = clock.now(), _asked(request.GET), _page(request.GET)
    found = caseload(asking(request), asked, now=now, most=MOST, skip=page * MOST)
    return show(request, "mandates/clients.html", _told(found, asked, page, request.GET, now))


@require_safe
@private
def clients_table(request: HttpRequest) -> StreamingHttpResponse:
    """Send the files of all clients that were asked for as a table."""
    now = clock.now()
    found = caseload(asking(request), _asked(request.GET), now=now)
    lines = file_lines((held.file for held in found.files), now)
    return table(
        f"clients-{now:%Y-%m-%d}",
        COLUMNS,
        (
            (
                line.number,
                _plain(held.file.client_name or ""),
                line.program.code,
                line.turn.code.value,
                held.due_on.isoformat() if held.due_on else "",
                "yes" if held.overdue else "no",
                line.status.code.value,
                line.received_on.on.isoformat(),
            )
            for held, line in zip(found.files, lines, strict=True)
        ),
    )


def _asked(query: QueryDict) -> Asked:
    """Return what was asked for; a filter that there is not is none."""
    turn, program = query.get("turn", ""), query.get("program", "")
    return Asked(
        turn=Turn(turn) if turn in set(Turn) else None,
        program=program if program in loader.all_programs() else None,
        search=query.get("search", "").strip()[:_LONGEST],
        overdue=query.get("overdue") == "yes",
    )


def _page(query: QueryDict) -> int:
    """Return which page, the first being 0."""
    typed = query.get("page", "")
    return min(max(int(typed[:_DIGITS]), 1), _FURTHEST) - 1 if typed.isdecimal() else 0


def _told(found: Caseload, asked: Asked, page: int, query: QueryDict, now: datetime) -> ClientsPage:
    lines = file_lines((held.file for held in found.files), now)
    first = page * MOST
    whole = query.copy()
    whole.pop("page", None)

    def at(number: int) -> str:
        other = whole.copy()
        other["page"] = str(number)
        return other.urlencode()

    return ClientsPage(
        rows=tuple(_row(held, line) for held, line in zip(found.files, lines, strict=True)),
        count=found.count,
        first=first + 1,
        last=first + len(lines),
        filtered=asked != Asked(),
        search=asked.search,
        overdue=asked.overdue,
        turns=tuple(Choice(turn, name, turn is asked.turn) for turn, name in TURNS.items()),
        programs=tuple(
            Choice(code, one.name, code == asked.program)
            for code, one in loader.all_programs().items()
        ),
        before=at(page) if page else None,
        next=at(page + 2) if found.count > first + MOST else None,
        table=whole.urlencode(),
    )


def _row(held: Held, line: FileLine) -> ClientRow:
    return ClientRow(
        number=line.number,
        program=line.program.name,
        stands=line.headline if line.turn.code is Turn.CLIENT else line.status.name,
        client=held.file.client_name or "–",
        turn=TURNS[line.turn.code],
        overdue=held.overdue,
    )


def _plain(name: str) -> str:
    return f"'{name}" if name.startswith(_FORMULA) else name

"""The six lines of business on screen, from receipt to each end, their sections in every state."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.casework.applications import services
from parvis.casework.applications.models import Application
from parvis.casework.applications.status import TURN
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Outcome, SectionStatus, Status
from tests.filing import RECEIVED, client
from tests.journeys.entering import come_in
from tests.journeys.test_client import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LINES = {
    "citizenship": ["citizenship-grant"],
    "family class": ["spouse-outside-canada", "spouse-in-canada", "parents-grandparents"],
    "Express Entry": ["express-entry-cec", "express-entry-fsw", "express-entry-fst"],
    "visitor visa": ["visitor-visa"],
    "study permit": ["study-permit"],
    "work permit": ["work-permit"],
}
SECTION_ACTS: dict[SectionStatus, tuple[str, ...]] = {
    SectionStatus.NOT_STARTED: (),
    SectionStatus.IN_PROGRESS: ("open_section",),
    SectionStatus.WAITING_ON_CLIENT: ("open_section", "ask_client"),
    SectionStatus.COMPLETED: ("open_section", "complete_section"),
    SectionStatus.EXEMPTED: ("exempt_section",),
}


class Life:
    """A file of one program, an act a day."""

    def __init__(self, program: Program, subject: int) -> None:
        self.program = program
        self.day = RECEIVED
        self.file = services.receive(
            program=program.code, client=subject, office=None, by="test", at=self.day
        )

    def act(self, name: str, **what: Any) -> Application:
        """Do one act on the next day, and have the clock show its evening."""
        self.day += timedelta(days=1)
        clock.start_at(self.day + timedelta(hours=6))
        self.file = getattr(services, name)(application=self.file, by="test", at=self.day, **what)
        return self.file

    def put(self, section: str, status: SectionStatus) -> None:
        """Have a section stand so, from not started."""
        documents = list(self.program.documents)
        for name in SECTION_ACTS[status]:
            # A document is asked for once; so each section has one of its own.
            place = list(self.program.sections).index(section)
            asked = {"document": documents[place], "due_on": date(2024, 9, 1)}
            self.act(name, section=section, **(asked if name == "ask_client" else {}))

    def to_each_status(self) -> Iterator[Status]:
        """Bring the file to every status that our acts can bring about, and tell each."""
        first, document = next(iter(self.program.sections)), next(iter(self.program.documents))
        yield Status.RECEIVED
        self.act("acknowledge")
        self.act("open_section", section=first)
        yield Status.IN_PROGRESS
        self.act("ask_client", section=first, document=document, due_on=date(2024, 9, 1))
        yield Status.WAITING_ON_CLIENT
        self.act("receive_answer", document=document)
        for partner in (code for code, one in self.program.offices.items() if one.partner):
            self.act("transfer", office=partner)
            yield Status.WITH_PARTNER
            break
        home = next(code for code, one in self.program.offices.items() if not one.partner)
        self.act("transfer", office=home)
        clock.start_at(self.day + timedelta(days=self.program.dormant_after_days + 2))
        yield Status.DORMANT
        for name, what, status in (
            ("decide", {"outcome": Outcome.REFUSED}, Status.REFUSED),
            ("withdraw", {}, Status.WITHDRAWN),
            ("decide", {"outcome": Outcome.APPROVED}, Status.APPROVED),
        ):
            self.act(name, **what)
            yield status
            self.act("reopen")
        self.act("ask_client", section=first, document=document, due_on=date(2024, 9, 1))
        self.act("abandon")
        yield Status.ABANDONED


@pytest.fixture(autouse=True)
def _own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the clock where the file's life is, and back afterwards."""
    monkeypatch.setattr(clock, "_shift", timedelta())
    clock.start_at(RECEIVED + timedelta(hours=6))


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Page, int]]:
    """Return a page where a client has signed in, on a phone, and the client."""
    _, subject = client("ada@example.org")
    opened = browser.new_context(
        viewport={"width": 360, "height": 740}, base_url=live_server.url
    ).new_page()
    come_in(opened.context, live_server, "ada@example.org")
    yield opened, subject
    opened.context.close()


def seen(page: Page, file: Application, language: Language, *, checked: bool) -> str:
    """Return what a file's page says, which fits the screen and, if checked, has no barrier."""
    page.goto(f"/{language}/applications/{file.number}/")
    assert not checked or violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    return page.get_by_role("main").inner_text()


@pytest.mark.parametrize("line", LINES)
def test_a_file_is_told_from_receipt_to_each_end(line: str, page: tuple[Page, int]) -> None:
    shown, subject = page
    for code in LINES[line]:
        program, told = loader.program(code), set[Status]()
        life = Life(program, subject)
        for nth, status in enumerate(life.to_each_status()):
            told.add(status)
            for language in LANGUAGES:
                # A barrier is one in both languages: by turns they are looked through for it.
                words = seen(shown, life.file, language, checked=language == LANGUAGES[nth % 2])
                assert program.name[language] in words
                assert program.statuses[status].name[language] in words, (code, status)
                turn = program.turns[TURN[status]]
                assert turn[language] in words, (code, status)
        missing = set(Status) - told - {Status.CLOSED}
        assert missing <= {Status.WITH_PARTNER}
        if missing:
            assert not any(office.partner for office in program.offices.values())


@pytest.mark.parametrize("line", LINES)
def test_every_section_is_told_in_every_state(line: str, page: tuple[Page, int]) -> None:
    shown, subject = page
    states = list(SectionStatus)
    program = loader.program(LINES[line][0])
    for turn in range(len(states)):
        life = Life(program, subject)
        wanted = {
            section: states[(place + turn) % len(states)]
            for place, section in enumerate(program.sections)
        }
        for section, status in wanted.items():
            life.put(section, status)
        for language in LANGUAGES:
            seen(shown, life.file, language, checked=language == LANGUAGES[turn % 2])
            rows = shown.locator(".sections > li")
            expect(rows).to_have_count(len(program.sections))
            for place, (section, status) in enumerate(wanted.items()):
                row = rows.nth(place)
                expect(row).to_contain_text(program.sections[section].name[language])
                expect(row.locator(".word")).to_have_text(
                    program.section_statuses[status][language]
                )


def test_the_lines_are_those_that_the_programs_name() -> None:
    assert sorted(code for codes in LINES.values() for code in codes) == sorted(
        loader.all_programs()
    )
    for codes in LINES.values():
        assert len({loader.program(code).line for code in codes}) == 1

"""Lines in the pages: their hours wherever somebody is; opened by supervisors, field by field."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from parvis.casework.contacts.services import record
from parvis.casework.events import log
from parvis.casework.lines import selectors, services
from parvis.casework.people.models import User
from parvis.casework.people.roles import STAFF, Role
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from parvis.programs.support_lines.schema import Terms
from parvis.readers.support.counting import count
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.contacts.telling import ANSWERED, call
from tests.casework.lines.opening import NAME, agent, opened, staff
from tests.filing import RECEIVED

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2024, 1, 19, 15, tzinfo=UTC)
"""At 10:00 in Toronto."""
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _on_friday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def general() -> None:
    """Open the lines of every house."""
    services.open_shipped_lines(at=RECEIVED)


def words(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode())).replace(SPACE, " ")


def read(where: str, browser: Browser | None = None) -> str:
    answer = (browser or Browser()).get(where)
    assert answer.status_code == 200
    return words(answer.content)


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def supervisor() -> Browser:
    return signed_in(staff("eve", Role.SUPERVISOR))


OPEN = {
    "en": "Open until 19:00, Eastern Time (20:30 where you are).",
    "fr": "Ouverte jusqu’à 19 h, heure de l’Est (20 h 30 chez vous).",
}
ROWS = {
    "en": (
        "Newfoundland Monday to Friday 8:00 to 20:30",
        "Columbia Monday to Friday 3:30 to 16:00",
    ),
    "fr": (
        "Terre-Neuve Du lundi au vendredi de 8 h à 20 h 30",
        "Colombie-Britannique Du lundi au vendredi de 3 h 30 à 16 h",
    ),
}
OPENS = {
    "en": "Closed now. Opens at 6:30 on Monday, 22 January 2024, Eastern Time.",
    "fr": "Fermée en ce moment. Ouvre à 6 h 30 le lundi 22 janvier 2024, heure de l’Est.",
}


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_general_line_reads_right_from_st_john_s_to_vancouver(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = f"/{language}/lines/general/"
    assert OPEN[language] in read(f"{where}?zone=America/St_Johns")
    said = read(where)
    assert OPEN[language] not in said
    for row in ROWS[language]:
        assert row in said
    at(monkeypatch, FRIDAY + timedelta(days=1))
    assert OPENS[language] in read(where)
    assert OPENS[language] in read(f"/{language}/lines/")


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize("zone", ["Europe/Paris", "x", "", "../../etc"])
def test_a_place_that_is_not_in_the_list_is_no_place(zone: str) -> None:
    assert "where you are)" not in read(f"/en/lines/general/?zone={zone}")


@pytest.mark.usefixtures("general")
def test_holidays_to_come_are_told_and_where_the_calendar_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at(monkeypatch, datetime(2024, 3, 20, 15, tzinfo=UTC))
    said = read("/en/lines/general/")
    assert "Friday, 29 March 2024: closed (Good Friday)" in said
    assert "not known yet" not in said
    at(monkeypatch, datetime(2030, 12, 2, 15, tzinfo=UTC))
    assert "Holidays after 31 December 2030 are not known yet." in read("/en/lines/general/")
    assert "fériés après le 31 décembre 2030" in read("/fr/lines/general/")


def test_a_crisis_line_is_read_where_its_callers_are() -> None:
    opened(
        hours={"monday-sunday": ["06:30-22:30"]},
        shown_in=["Europe/Kyiv"],
        channels={"phone": "+1 613 555 0199", "email": "ukraine@example.org"},
        languages=["en", "fr", "uk"],
    )
    said = read("/en/lines/ukraine/?zone=Europe/Kyiv")
    assert "Kyiv (chosen) Every day 13:30 to 5:30 the next day" in said
    assert "Open until 22:30, Eastern Time (5:30 the next day where you are)." in said
    assert "English, French and Ukrainian" in said
    page = Browser().get("/fr/lines/ukraine/").content.decode()
    assert 'href="tel:+16135550199"' in page
    assert 'href="mailto:ukraine@example.org"' in page
    assert "français, anglais et ukrainien" in words(page.encode())
    # The script is for those who answer.
    assert "en lieu sûr" not in page


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_line_says_so_and_where_to_go(language: Language) -> None:
    opened(channels={"phone": "+1 613 555 0199"})
    services.close_line(line="ukraine", by=None, at=FRIDAY - timedelta(days=1))
    page = Browser().get(f"/{language}/lines/ukraine/").content.decode()
    assert f'href="/{language}/lines/general/"' in page
    assert "555 0199" not in page
    told = {"en": "closed on 18 January 2024", "fr": "a fermé le 18 janvier 2024"}
    assert told[language] in words(page.encode())
    assert NAME[language] not in read(f"/{language}/lines/")


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.SUPERVISOR, True),
        (Role.ANALYST, True),
        (Role.AGENT, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_an_archive_keeps_what_a_line_said_and_what_it_did_each_day(
    role: Role, sees: bool, request: pytest.FixtureRequest
) -> None:
    first = opened(lend=[agent("ada")], about={"en": "Whom it was for.", "fr": "Pour qui."}).terms
    later = Terms.model_validate(
        first.as_data() | {"script": {"en": "What was said later.", "fr": "Plus tard."}}
    )
    days = [RECEIVED + timedelta(days=n) for n in range(4)]
    services.change_line(line="ukraine", terms=later, by=None, at=days[1])
    services.close_line(line="ukraine", by=None, at=days[3])
    record(call("c1", ANSWERED, line="ukraine", since=days[2]), source="acd", at=FRIDAY)
    count(FRIDAY)
    browser = signed_in(staff("somebody", role))
    request.getfixturevalue("wall")
    said = read("/en/support/lines/ukraine/", browser)
    for words_ in ("Whom it was for.", "What was said later.", "From 12 January 2024, 10:00"):
        assert words_ in said
    assert "Agents who worked on it: 1." in said
    assert ("1 calls and messages were answered from 12 January 2024" in said) is sees
    assert ("15 January 2024 0 0 0 0 1 14 January 2024 1 1 0 0 1" in said) is sees
    assert "16 January 2024" not in said
    report = browser.get("/en/figures/support/lines/ukraine/")
    assert report.status_code == (200 if sees else 404)
    assert b"16 January 2024" not in report.content


def test_a_line_that_there_never_was_is_not_there() -> None:
    assert Browser().get("/en/lines/moon/").status_code == 404
    browser = supervisor()
    for where in ("", "change/"):
        assert browser.get(f"/en/support/lines/moon/{where}").status_code == 404
    for where in ("close/", "agents/", "agents/return/"):
        assert browser.post(f"/en/support/lines/moon/{where}").status_code == 404


@pytest.mark.usefixtures("general")
def test_a_public_page_asks_the_database_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = Browser()
    browser.get("/en/lines/general/")
    with django_assert_num_queries(1):
        browser.get("/en/lines/general/")


def form(**said: object) -> dict[str, object]:
    """Return what a browser sends of the form, as the template filled it."""
    return {
        "like": "crisis",
        "code": "ukraine",
        "name_en": "Ukraine crisis line",
        "name_fr": "Ligne de crise pour l’Ukraine",
        "about_en": "For those affected.",
        "about_fr": "Pour les personnes touchées.",
        "script_en": "Are you safe?",
        "script_fr": "Êtes-vous en sûreté ?",
        "web_form": "yes",
        "monday": "06:30-12:00, 13:00-22:30",
        "sunday": "22:00-02:00",
        "time_zone": "America/Toronto",
        "open_hours": "16",
        "share": "90",
        "head_start": "24",
    } | said


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_supervisor_opens_a_line_in_one_page_changes_and_closes_it(language: Language) -> None:
    browser, ada = supervisor(), agent("ada")
    services.place_agent(line="general", user=ada, by=None, at=RECEIVED)
    lines = f"/{language}/support/lines/"
    empty = browser.get(f"{lines}open/").content.decode()
    assert 'value="06:30-22:30"' in empty
    assert "ada@example.org" in empty
    sent = form(languages="uk", shown_in="Europe/Kyiv", holidays="canada-federal", lend=ada.email)
    assert browser.post(f"{lines}open/", sent)["Location"] == f"{lines}ukraine/"
    line = selectors.line("ukraine")
    assert line.terms.hours["monday"] == ("06:30-12:00", "13:00-22:30")
    assert line.terms.languages == ("en", "fr", "uk")
    assert (line.terms.targets.share, line.terms.head_start_minutes) == (0.9, 1440)
    assert [one.email for one in selectors.agents_of(line)] == [ada.email]
    shown = read(f"{lines}ukraine/", browser)
    assert "ada@example.org" in shown
    assert {"en": "Are you safe?", "fr": "Êtes-vous en sûreté ?"}[language] in shown
    changed = browser.get(f"{lines}ukraine/change/").content.decode()
    assert 'value="06:30-12:00, 13:00-22:30"' in changed
    assert 'name="code"' not in changed
    again = form(monday="08:00-12:00", email="UA@example.org", head_start="1,5")
    assert browser.post(f"{lines}ukraine/change/", again)["Location"] == f"{lines}ukraine/"
    line = selectors.line("ukraine")
    assert line.terms.channels.email == "ua@example.org"
    assert line.terms.head_start_minutes == 90
    assert browser.post(f"{lines}ukraine/close/")["Location"] == f"{lines}ukraine/"
    assert "ukraine" in read(lines, browser)
    assert {one.by for one in log.history(line.id)} == {
        f"user:{User.objects.get(email='eve@example.org').pk}"
    }
    assert [one.lines for one in selectors.agents()] == [("general",)]


WRONG: dict[str, tuple[dict[str, object], str, str, str]] = {
    "no code": ({"code": "Ukraine!"}, "code", "Choose a code", "Choisissez un code"),
    "a taken code": ({"code": "general"}, "code", "There is, or was", "existe ou a existé"),
    "one name": ({"name_fr": " "}, "name_fr", "in English and in French", "en anglais et en"),
    "no address": ({"email": "x"}, "email", "This is no e-mail", "Ce n’est pas une adresse"),
    "a taken address": (
        {"email": "support@example.org"},
        "email",
        "leads to another line",
        "mène à une autre ligne",
    ),
    "no number": ({"phone": "12"}, "phone", "country code", "indicatif"),
    "no way there": ({"web_form": ""}, "email", "at least one way", "au moins une façon"),
    "no hours": ({"monday": "", "sunday": ""}, "monday", "open at some hours", "certaines heures"),
    "odd hours": ({"sunday": "8 to 5"}, "sunday", "cannot be read as hours", "ne se lit pas"),
    "no zone": ({"time_zone": "Moon"}, "time_zone", "cannot be read", "ne peut être lu"),
    "no calendar": ({"holidays": "moon"}, "holidays", "no calendar", "pas de calendrier"),
    "no language": ({"languages": "Ukrainian"}, "languages", "no code of a", "pas un code de"),
    "no skill": ({"skills": "a b"}, "skills", "not a code", "pas un code"),
    "no topic": ({"topics": "?"}, "topics", "not a code", "pas un code"),
    "abroad": ({"shown_in": "Kyiv"}, "shown_in", "cannot be read", "ne peut être lu"),
    "no share": ({"share": "lots"}, "share", "Write a number", "Écrivez un nombre"),
    "too great a share": ({"share": "900"}, "share", "Write a number", "Écrivez un nombre"),
    "no time": ({"open_hours": "0"}, "open_hours", "Write a number", "Écrivez un nombre"),
    "no end": ({"head_start": "1e9"}, "head_start", "Write a number", "Écrivez un nombre"),
    "not a number": ({"open_hours": "nan"}, "open_hours", "Write a number", "Écrivez un nombre"),
}


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    what: str, language: Language
) -> None:
    said, field, en, fr = WRONG[what]
    answer = supervisor().post(f"/{language}/support/lines/open/", form(**said))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#id_{field}"' in page
    [wrong] = re.findall(rf'<p class="wrong" id="{field}-error">(.*?)</p>', page)
    assert {"en": en, "fr": fr}[language] in words(wrong.encode())
    assert f'id="id_{field}"' in page
    if said.get("code", "ukraine") == "ukraine":
        assert 'value="ukraine"' in page
    assert {one.code for one in selectors.lines()} == {"general", "parliamentary"}


@pytest.mark.usefixtures("general")
def test_whoever_cannot_be_lent_leaves_the_line_unopened() -> None:
    browser, ada = supervisor(), agent("ada")
    answer = browser.post(
        "/en/support/lines/open/", form(skills="parliament", lend=["x@example.org", ada.email])
    )
    assert answer.status_code == 422
    assert "lack a skill" in words(answer.content)
    assert "checked" in answer.content.decode()
    assert {one.code for one in selectors.lines()} == {"general", "parliamentary"}


@pytest.mark.usefixtures("general")
def test_agents_are_lent_placed_and_sent_back_on_the_line_s_page() -> None:
    browser, ada = supervisor(), agent("ada")
    opened()
    where = "/en/support/lines/ukraine/"
    assert "Have somebody answer here" in read(where, browser)
    for how, own in (("lent", ()), ("own", ("ukraine",))):
        sent = browser.post(f"{where}agents/", {"agent": ada.email, "as": how})
        assert sent["Location"] == where
        found = selectors.agent_of(ada.pk)
        assert found is not None
        assert found.own == own
    assert "ada@example.org" in read(where, browser)
    assert browser.post(f"{where}agents/return/", {"agent": ada.email})["Location"] == where
    assert selectors.agents_of(selectors.line("ukraine")) == []
    for door in ("agents/", "agents/return/"):
        assert browser.post(where + door, {"agent": "x@example.org"}).status_code == 422
    refused = browser.post("/en/support/lines/parliamentary/agents/", {"agent": ada.email})
    assert refused.status_code == 422
    assert "lack a skill" in words(refused.content)
    assert browser.post("/en/support/lines/general/close/").status_code == 422


@pytest.mark.usefixtures("general")
@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_new_answers_once_their_languages_are_said(language: Language) -> None:
    browser, new = supervisor(), staff("new")
    where = f"/{language}/support/lines/parliamentary/"
    sent = {"agent": "new@example.org", "as": "own"}
    for wrong in (sent, sent | {"languages": "French"}, sent | {"languages": "fr"}):
        assert browser.post(f"{where}agents/", wrong).status_code == 422
    said = sent | {"languages": "fr, en", "skills": "parliament"}
    assert browser.post(f"{where}agents/", said)["Location"] == where
    found = selectors.agent_of(new.pk)
    assert found is not None
    assert (found.languages, found.own) == (("en", "fr"), ("parliamentary",))
    analyst = staff("other", Role.ANALYST)
    refused = browser.post(f"{where}agents/", said | {"agent": analyst.email})
    assert refused.status_code == 422


@pytest.mark.parametrize("role", sorted(STAFF))
@pytest.mark.usefixtures("general")
def test_everybody_who_works_here_reads_lines_and_supervisors_open_them(role: Role) -> None:
    browser = signed_in(staff("one", role))
    opens = role in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    assert ("Open a line" in read("/en/support/lines/", browser)) is opens
    assert ("Change the line" in read("/en/support/lines/general/", browser)) is opens
    assert browser.get("/en/support/lines/open/").status_code == (200 if opens else 404)
    assert "Lines of the support centre" in read("/en/account/", browser)


def test_a_model_that_there_is_not_is_not_there() -> None:
    assert supervisor().get("/en/support/lines/open/?like=flood").status_code == 404


def test_a_line_is_opened_like_a_line_of_every_house_without_its_address() -> None:
    page = supervisor().get("/en/support/lines/open/?like=general").content.decode()
    assert 'value="06:30-19:00"' in page
    assert "support@example.org" not in page

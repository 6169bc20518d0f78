"""The new door opened to a tenth, raised, stopped; keys made and revoked; webhooks sent again."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from threading import Thread

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from parvis.casework.applications import services
from parvis.casework.cohorts.selectors import is_open_for
from parvis.casework.keys.models import Key
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.casework.people.services import NewClient, add_user, register_clients
from parvis.lib import clock
from parvis.lib.text import LANGUAGES, Language
from tests.channels.webhooks.receiving import ok, receiving
from tests.filing import OPEN, PASSWORD, RECEIVED, client, filed
from tests.journeys.test_client import violations
from tests.working import work

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    said: Language = request.param
    return said


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, language: Language) -> Callable[[str], Page]:
    """Return what signs somebody in, on a phone's screen, in a browser of their own."""

    def sign_in(email: str) -> Page:
        page = browser.new_context(viewport=PHONE, base_url=live_server.url).new_page()
        page.goto(f"/{language}/sign-in/")
        page.fill("#id_login", email)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(re.compile("applications|clients|figures|support"))
        return page

    return sign_in


def somebody(name: str, role: Role) -> User:
    return add_user(email=f"{name}@example.org", password=PASSWORD, role=role, at=RECEIVED)


SAYS = {
    "open": {"en": "Open it now", "fr": "Ouvrir maintenant"},
    "raise": {"en": "Raise", "fr": "Augmenter"},
    "stop": {"en": "Stop it now", "fr": "L’arrêter maintenant"},
    "calm": {
        "en": "Your service is elsewhere for now",
        "fr": "Votre service est ailleurs pour l’instant",
    },
    "tenth": {"en": "10% of all clients", "fr": "10\N{NO-BREAK SPACE}% de tous les clients"},
    "make": {"en": "Make the key", "fr": "Créer la clé"},
    "revoke": {"en": "Revoke it now", "fr": "La révoquer maintenant"},
    "revoked": {"en": "Revoked.", "fr": "Révoquée."},
    "hook": {"en": "Make the webhook", "fr": "Créer le webhook"},
    "again": {"en": "Send again", "fr": "Renvoyer"},
    "delivered": {"en": "Delivered", "fr": "Livré"},
}


def test_the_door_is_opened_to_a_tenth_raised_and_stopped(
    enter: Callable[[str], Page], language: Language, settings: Settings
) -> None:
    settings.PARVIS_OLD_DOOR = "https://old.example.org/"
    users = dict(client(f"client-{nth}@example.org") for nth in range(2))
    register_clients(clients=[NewClient("Example", "en", RECEIVED)] * 98, by="test")
    somebody("supervisor", Role.SUPERVISOR)
    staff = enter("supervisor@example.org")
    pages = {user: enter(user.email) for user in users}
    staff.goto(f"/{language}/doors/")
    assert violations(staff) == ""
    staff.fill("#id_share", "10")
    staff.get_by_role("button", name=SAYS["open"][language]).click()
    expect(staff.get_by_role("heading", name=SAYS["tenth"][language])).to_be_visible()
    inside = {user for user, page in pages.items() if is_in(page, language)}
    assert inside == {user for user in users if is_open_for(user.pk)}
    staff.get_by_label(re.compile("Raise it|Augmenter à")).fill("100")
    staff.get_by_role("button", name=SAYS["raise"][language], exact=True).click()
    expect(staff.get_by_text("100 %" if language == "fr" else "100%").first).to_be_visible()
    assert all(is_in(page, language) for page in pages.values())
    assert violations(staff) == ""
    staff.get_by_role("button", name=SAYS["stop"][language]).click()
    expect(staff.get_by_role("status")).to_be_visible()
    assert not any(is_in(page, language) for page in pages.values())
    [page, *_] = pages.values()
    assert violations(page) == ""
    expect(page.locator("a.button")).to_have_attribute("href", "https://old.example.org/")


def is_in(page: Page, language: Language) -> bool:
    page.goto(f"/{language}/applications/")
    heading = page.get_by_role("heading", level=1).inner_text()
    return heading != SAYS["calm"][language]


def confirm(page: Page) -> None:
    """Show that whoever signed in is still the one who sits there."""
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(re.compile("/add/"))


def test_a_key_is_made_used_and_revoked(
    enter: Callable[[str], Page], language: Language, live_server: LiveServer
) -> None:
    user, ada = client("ada@example.org")
    number = filed(OPEN, client=ada).number
    page = enter(user.email)
    page.goto(f"/{language}/account/")
    page.locator(f'a[href="/{language}/keys/"]').click()
    assert violations(page) == ""
    page.locator("a.button:not(.second)").click()
    confirm(page)
    assert violations(page) == ""
    page.get_by_role("button", name=SAYS["make"][language]).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == ""
    page.fill("#id_name", "Case software")
    page.get_by_role("button", name=SAYS["make"][language]).click()
    assert violations(page) == ""
    secret = page.locator("code.secret").inner_text()
    told = page.request.get(
        f"{live_server.url}/api/applications/{number}",
        headers={"Authorization": f"Bearer {secret}", "Cookie": ""},
    )
    assert told.status == 200
    page.goto(f"/{language}/keys/")
    expect(page.get_by_text(Key.objects.get().hint)).to_be_visible()
    assert secret not in page.content()
    page.get_by_role("button", name=SAYS["revoke"][language]).click()
    expect(page.locator("li strong")).to_have_text(SAYS["revoked"][language])
    again = page.request.get(
        f"{live_server.url}/api/applications/{number}",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert again.status == 401


def test_deliveries_are_looked_at_and_sent_again(
    enter: Callable[[str], Page], language: Language, settings: Settings
) -> None:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.1/32")]
    somebody("admin", Role.ADMINISTRATOR)
    with receiving(lambda nth: ok("500 No") if nth == 1 else ok()) as receiver:
        page = enter("admin@example.org")
        page.goto(f"/{language}/webhooks/")
        assert violations(page) == ""
        page.goto(f"/{language}/webhooks/add/")
        confirm(page)
        assert violations(page) == ""
        page.fill("#id_name", "Case system")
        page.fill("#id_system", "case-system")
        page.fill("#id_url", receiver.url)
        page.get_by_role("button", name=SAYS["hook"][language]).click()
        assert violations(page) == ""
        secret = page.locator("code.secret").inner_text()
        services.receive(
            program="study-permit", client=None, office=None, by="test", at=clock.now()
        )
        do_jobs()
        page.locator(".back a").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.get_by_text(re.compile("500"))).to_be_visible()
        assert violations(page) == ""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE webhooks_delivery SET due_at = now()")
        do_jobs()
        page.reload()
        state = re.compile(SAYS["delivered"][language])
        expect(page.get_by_role("cell", name=state)).to_be_visible()
        page.get_by_role("button", name=SAYS["again"][language]).click()
        do_jobs()
        assert len(receiver.came) == 3
        assert len({one.headers["webhook-id"] for one in receiver.came}) == 1
        assert all(one.is_signed(secret) for one in receiver.came)


def do_jobs() -> None:
    """Do what waits, in a thread: the browser's own loop runs in this one."""
    from parvis.jobs.tasks import webhooks  # noqa: PLC0415 - its jobs need settings

    def all_of_it() -> None:
        try:
            webhooks.due.func(timestamp=0)
            work()
        finally:
            connection.close()

    thread = Thread(target=all_of_it)
    thread.start()
    thread.join()

"""Being signed in, for walks that begin behind the sign-in: others walk through its form."""

from django.conf import settings
from django.test import Client as Browser
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from parvis.casework.people.models import User


def come_in(context: BrowserContext, server: LiveServer, email: str) -> None:
    """Have somebody be signed in here, as if they had come through the form."""
    browser = Browser()
    browser.force_login(User.objects.get(email=email))
    name = settings.SESSION_COOKIE_NAME
    session = browser.cookies[name].value
    context.add_cookies([{"name": name, "value": session, "url": server.url}])

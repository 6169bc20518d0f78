"""Somebody signed in, and the words of the pages that they see."""

import re

from django.test import Client as Browser

from parvis.casework.people.models import User


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def words(browser: Browser, address: str, *, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

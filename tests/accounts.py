"""Opening accounts as people do, for tests: the code in the mail, the app, the forms."""

import re
import time
from collections.abc import Sequence

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.mail import EmailMessage
from django.test import Client as Browser

PASSWORD = "an-own-plain-test-password"  # noqa: S105 - nobody signs in with it outside the tests


def code_in(mail: Sequence[EmailMessage]) -> str:
    """Return the code in the last mail."""
    [code] = re.findall(r"^    (\S+)$", str(mail[-1].body), re.MULTILINE)
    return str(code)


def link_in(mail: Sequence[EmailMessage]) -> str:
    """Return the link in the last mail."""
    [link] = re.findall(r"https?://\S+", str(mail[-1].body))
    return str(link)


def app_code(secret: str, *, steps: int = 0) -> str:
    """Return what an authenticator app shows for this secret, now or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def signed_up(
    mail: Sequence[EmailMessage], email: str = "ada@example.org", language: str = "en"
) -> Browser:
    """Return a browser in which somebody has just opened an account."""
    browser = Browser()
    form = {"email": email, "password1": PASSWORD}
    assert browser.post(f"/{language}/sign-up/", form).status_code == 302
    done = browser.post(f"/{language}/sign-up/code/", {"code": code_in(mail)})
    assert done.status_code == 302, done.content
    return browser

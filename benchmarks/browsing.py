"""What a browser does of which no measurement is: the form with its token, cookies, signing in."""

import re
import urllib.parse
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie

from benchmarks.clients import PASSWORD
from benchmarks.timing import ProgramFailed

_FORM = "application/x-www-form-urlencoded"
_SIGN_IN = "/en/sign-in/"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_AN_ADDRESS = 250
Cookies = dict[str, str]


def address_of(number: int) -> dict[str, str]:
    """Return the header by which a proxy tells an address that nobody else here comes from."""
    return {
        "X-Forwarded-For": f"198.18.{number // _AN_ADDRESS % _AN_ADDRESS}.{number % _AN_ADDRESS}"
    }


def form_at(door: HTTPConnection, path: str, came_from: dict[str, str]) -> tuple[Cookies, str]:
    """Ask for a page with a form; return the cookies it gave, and the form's token."""
    door.request("GET", path, headers=came_from)
    answer = door.getresponse()
    page = answer.read().decode()
    found = _TOKEN.search(page)
    if found is None:
        raise ProgramFailed(f"{path} has no form: {answer.status}")
    return _cookies_of(answer), found[1]


def post(
    door: HTTPConnection,
    path: str,
    cookies: Cookies,
    form: dict[str, str],
    came_from: dict[str, str],
) -> tuple[HTTPResponse, str]:
    """Send a form; return the answer, and its page. Cookies that it gives are added to those."""
    headers = {"Cookie": header_of(cookies), "Content-Type": _FORM, **came_from}
    door.request("POST", path, urllib.parse.urlencode(form), headers)
    answer = door.getresponse()
    page = answer.read().decode()
    cookies |= _cookies_of(answer)
    return answer, page


def sign_in_form(
    door: HTTPConnection, email: str, came_from: dict[str, str]
) -> tuple[Cookies, dict[str, str]]:
    """Ask for the form to sign in; return the cookies, and what somebody types into it."""
    cookies, token = form_at(door, _SIGN_IN, came_from)
    return cookies, {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}


def sign_in(
    door: HTTPConnection, cookies: Cookies, form: dict[str, str], came_from: dict[str, str]
) -> None:
    """Send the form to sign in; the cookies are then those of somebody who has."""
    answer, _ = post(door, _SIGN_IN, cookies, form, came_from)
    if answer.status != HTTPStatus.FOUND or "sessionid" not in cookies:
        raise ProgramFailed(f"{form['login']} could not sign in: {answer.status}")


def header_of(cookies: Cookies) -> str:
    """Return cookies as a browser sends them back."""
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _cookies_of(answer: HTTPResponse) -> Cookies:
    lines = answer.headers.get_all("Set-Cookie", [])
    return {name: one.value for line in lines for name, one in SimpleCookie(line).items()}

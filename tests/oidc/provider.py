"""A sign-in service beside us: allauth's own OpenID Connect provider, in a process of its own.

What it says, and how it lies, stands in a file that a test writes: `mood.json`.
"""

import base64
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path

HERE = Path(sys.argv[1]) if __name__ == "__main__" else Path()
urlpatterns: list[URLPattern | URLResolver] = []
SIGNED_BY = "django.contrib.auth.backends.ModelBackend"


def pem() -> str:
    """Return a new key to sign with."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


KEYS = [pem(), pem()] if __name__ == "__main__" else []


def mood() -> dict[str, Any]:
    """Return what the test wants of this answer."""
    told: dict[str, Any] = json.loads((HERE / "mood.json").read_text())
    return told


def tampered(token: str, lie: str) -> str:
    """Return what was signed with another signature, or with none."""
    header, payload, signature = token.split(".")
    if lie == "signature":
        return f"{header}.{payload}.{signature[::-1]}"
    none = base64.urlsafe_b64encode(b'{"alg": "none", "typ": "JWT"}').decode().rstrip("=")
    return f"{none}.{payload}."


class Threads(ThreadingMixIn, WSGIServer):
    """Answers others while it is slow with one."""

    daemon_threads = True


class Moody:
    """Answers as the mood says: with this key, as slowly, with this lie, or not at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        now = mood()
        settings.IDP_OIDC_PRIVATE_KEY = KEYS[now.get("key", 0)]
        lie, path = now.get("lie", ""), request.path
        if now.get("slow") and path.endswith(now["slow"]):
            time.sleep(now["seconds"])
            # Nobody waited: what it did now would be done beside the next test.
            return HttpResponse(status=503)
        if now.get("fails") and path.endswith(now["fails"]):
            return HttpResponse(now.get("says", ""), status=now.get("status", 500))
        answer = self.get_response(request)
        if path.endswith("/token") and answer.status_code == 200:
            told = json.loads(answer.content)
            if lie in {"signature", "unsigned"}:
                told["id_token"] = tampered(told["id_token"], lie)
            if lie == "nothing signed":
                del told["id_token"]
            answer.content = json.dumps(told).encode()
        if path.endswith("openid-configuration") and lie == "another service":
            told = json.loads(answer.content)
            answer.content = json.dumps(told | {"issuer": "https://other.example"}).encode()
        if path.endswith("jwks.json") and lie == "unknown key":
            answer.content = b'{"keys": []}'
        return answer


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whom the mood names, without asking."""
    from django.contrib.auth import get_user_model, login  # noqa: PLC0415 - Django is set up

    user, _ = get_user_model().objects.get_or_create(username=mood()["who"])
    login(request, user, backend=SIGNED_BY)
    return HttpResponseRedirect(request.GET["next"])


def main(port: int, redirects: list[str]) -> None:
    """Serve until told to end."""
    settings.configure(
        SECRET_KEY="of a test alone",  # noqa: S106 - of nobody
        ALLOWED_HOSTS=["*"],
        USE_TZ=True,
        # The secret of its one client stands in these tests.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ROOT_URLCONF="__main__",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "provider.db"}
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
            "__main__.Moody",
        ],
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        LOGIN_URL="/provider/sign-in/",
        SESSION_COOKIE_NAME="provider",
        IDP_OIDC_ADAPTER="tests.oidc.claims.Adapter",
        IDP_OIDC_PRIVATE_KEY=KEYS[0],
    )
    django.setup()
    urlpatterns.extend(
        [
            path("provider/sign-in/", sign_in, name="account_login"),
            path("", include("allauth.idp.urls")),
        ]
    )
    from allauth.core.internal import jwkkit  # noqa: PLC0415 - Django is set up
    from allauth.idp.oidc.models import Client  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    # Each time that a key is read it is checked as well, which takes a tenth of a second.
    jwkkit.load_pem = cache(jwkkit.load_pem)
    call_command("migrate", verbosity=0)
    client = Client(id="parvis", name="Parvis", scopes="openid\nprofile\nemail", skip_consent=True)
    client.set_redirect_uris(redirects)
    client.set_secret("a secret of the test")
    client.save()
    WSGIRequestHandler.log_message = lambda *_: None  # type: ignore[method-assign,assignment]
    server = make_server("127.0.0.1", port, get_wsgi_application(), server_class=Threads)
    (HERE / "ready").write_text(datetime.now(UTC).isoformat())  # noqa: TID251 - of no matter
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[2]), sys.argv[3:])

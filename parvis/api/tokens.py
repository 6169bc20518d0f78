"""OAuth 2.0, client credentials: a key is exchanged for a token, good for an hour at most.

Nobody guesses a key, but whoever tries costs the database something: from an address with too many
failures nothing is looked at for a while. Not by the client's number, which anybody may guess: else
whoever likes to could keep somebody's software out.
"""

from http import HTTPStatus

from allauth.core.internal.ratelimit import consume, get_ip
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Form, Router, Schema

from parvis.casework.keys.granting import grant_token
from parvis.lib import clock

router = Router(tags=["keys"])
_PATIENCE_S = 300
_FAILURES = {"token": f"30/{_PATIENCE_S}s/key"}


class TokenAsked(Schema):
    """What the form holds; the client may come in the header (Basic) as well."""

    grant_type: str = ""
    client_id: str | None = None
    client_secret: str | None = None
    scope: str | None = None


class TokenOut(Schema):
    """A token: send it as `Authorization: Bearer …`."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class NoToken(Schema):
    """What is wrong, in the words of RFC 6749 (5.2)."""

    error: str
    error_description: str | None = None


@router.post(
    "/token",
    auth=None,
    response={200: TokenOut, 400: NoToken, 401: NoToken, 429: NoToken},
    summary="A token in exchange for a key (OAuth 2.0, client credentials)",
    operation_id="token",
)
def token(request: HttpRequest, asked: Form[TokenAsked]) -> HttpResponse:
    """Give a token for a key: its number is the `client_id`, the key the `client_secret`.

    `scope` asks for less than all that the key is for, acts with spaces between them. After thirty
    failures from one address within five minutes, wait as long as `Retry-After` says.
    """
    if not _allowed(request, dry_run=True):
        return _later()
    granted = grant_token(
        body=request.POST.urlencode(),
        headers={"Authorization": request.headers.get("Authorization", "")},
        at=clock.now(),
    )
    if granted.status == HTTPStatus.UNAUTHORIZED:
        _allowed(request, dry_run=False)
    answer = HttpResponse(granted.body, status=granted.status)
    for name, value in granted.headers.items():
        answer[name] = value
    return answer


def _allowed(request: HttpRequest, *, dry_run: bool) -> bool:
    """Tell whether an address may fail once more; unless it is a dry run, it has."""
    try:
        address = get_ip(request)
    except PermissionDenied:
        # It cannot be told, for want of a proxy's word: who comes so is counted together.
        address = "unknown"
    return bool(
        consume(
            request,
            app="parvis.api",
            action="token",
            config=_FAILURES,
            key=address,
            dry_run=dry_run,
        )
    )


def _later() -> HttpResponse:
    told = {"error": "slow_down", "error_description": "Too many failures from this address. Wait."}
    status = HTTPStatus.TOO_MANY_REQUESTS
    return JsonResponse(
        told, status=status, headers={"Retry-After": str(_PATIENCE_S), "Cache-Control": "no-store"}
    )

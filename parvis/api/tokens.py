"""OAuth 2.0, client credentials: a key is exchanged for a token, good for an hour at most."""

from django.http import HttpRequest, HttpResponse
from ninja import Form, Router, Schema

from parvis.casework.keys.granting import grant_token
from parvis.lib import clock

router = Router(tags=["keys"])


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
    response={200: TokenOut, 400: NoToken, 401: NoToken},
    summary="A token in exchange for a key (OAuth 2.0, client credentials)",
    operation_id="token",
)
def token(request: HttpRequest, asked: Form[TokenAsked]) -> HttpResponse:
    """Give a token for a key: its number is the `client_id`, the key the `client_secret`.

    `scope` asks for less than all that the key is for, acts with spaces between them.
    """
    granted = grant_token(
        body=request.POST.urlencode(),
        headers={"Authorization": request.headers.get("Authorization", "")},
        at=clock.now(),
    )
    answer = HttpResponse(granted.body, status=granted.status)
    for name, value in granted.headers.items():
        answer[name] = value
    return answer

"""Texts by a gateway over HTTP: one post of JSON a text, as most vendors take it.

`{"to": "+1…", "text": "…", "reference": "…"}`, with a bearer token. The reference is the same when
a text is sent again, and stands in `Idempotency-Key` too, for gateways that heed it.
"""

import requests

from parvis.casework.notices.ways import Letter, NotNow, Refused, Unreachable, Unsure

_TIMEOUT_S = 10.0
_REFUSED = frozenset({400, 404, 410, 422})
_NO_SUCH_NUMBER = "5.1.1"


class Gateway:
    """Hands texts to a vendor."""

    def __init__(self, address: str, token: str) -> None:
        self._address, self._token = address, token
        self._session: requests.Session | None = None

    def send(self, letter: Letter) -> None:
        """Hand a text over; raise one of the port's exceptions where that failed."""
        if self._session is None:
            self._session = requests.Session()
            self._session.headers["Authorization"] = f"Bearer {self._token}"
        told = {"to": letter.address, "text": letter.text, "reference": letter.name}
        try:
            answer = self._session.post(
                self._address,
                json=told,
                headers={"Idempotency-Key": letter.name},
                timeout=_TIMEOUT_S,
                allow_redirects=False,
            )
        except requests.ConnectionError as error:
            raise Unreachable from error
        except requests.RequestException as error:
            raise Unsure from error
        if answer.status_code in _REFUSED:
            raise Refused(_NO_SUCH_NUMBER)
        if not answer.ok or answer.is_redirect:
            raise NotNow(answer.status_code)

    def close(self) -> None:
        """Let the line go."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

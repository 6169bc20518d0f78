"""Texts by a gateway over HTTP: one post of JSON a text, as most vendors take it.

`{"to": "+1…", "text": "…", "reference": "…"}`, with a bearer token. The reference is the same when
a text is sent again, and stands in `Idempotency-Key` too, for gateways that heed it.
"""

from contextlib import suppress
from http import HTTPStatus

import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from parvis.casework.notices.ways import Letter, NotNow, Refused, Unreachable, Unsure

_TIMEOUT_S = 10.0
_REFUSED = frozenset({400, 422})
"""What is said of the text or its number. A 401 or a 404 is said of us: texts wait for a repair."""
_NOBODY_KNOWS = frozenset({500, 502, 504})
"""Something failed behind the door, and it may have been after the text was sent."""
_NO_SUCH_NUMBER = "5.1.1"
_READ = 16_384
"""Bytes of an answer that are read so that the connection can be used again; none is kept."""


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
                stream=True,
            )
        except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
            raise Unreachable from error
        except requests.RequestException as error:
            # A line that was never there took nothing; one that broke may have taken the text.
            raise (Unreachable if _was_never_there(error) else Unsure) from error
        with answer:
            with suppress(OSError, HTTPError):
                answer.raw.read(_READ)
            _heed(answer.status_code)

    def close(self) -> None:
        """Let the line go."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _heed(status: int) -> None:
    """Raise what an answer means, where it does not mean that the text was taken."""
    if status in _REFUSED:
        raise Refused(_NO_SUCH_NUMBER)
    if status in _NOBODY_KNOWS:
        raise Unsure(status)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise NotNow(status)


def _was_never_there(error: BaseException) -> bool:
    """Tell whether no connection was made at all."""
    why = error.args[0] if error.args else None
    return isinstance(getattr(why, "reason", why), NewConnectionError)

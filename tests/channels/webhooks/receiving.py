"""Somebody's server that is told of facts: a real one, on a port of this machine."""

import base64
import hmac
import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Say = Callable[[int], bytes]


@dataclass
class Received:
    """A request as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed(self, secret: str) -> bool:
        """Tell whether it is signed with this secret, as its receiver would check."""
        head = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode()
        key = base64.b64decode(secret.removeprefix("whsec_"))
        good = base64.b64encode(hmac.digest(key, head + self.body, sha256)).decode()
        given = self.headers["webhook-signature"].split()
        return any(hmac.compare_digest(one, f"v1,{good}") for one in given)


@dataclass
class Receiver:
    """What came, and what is said to it: the nth request is answered by `say(n)`."""

    port: int = 0
    say: Say = lambda _: ok()
    came: list[Received] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


def ok(status: str = "204 No Content", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Length: 0", *headers, "", ""]
    return "\r\n".join(lines).encode()


@contextmanager
def receiving(say: Say = lambda _: ok()) -> Iterator[Receiver]:
    """Run a receiver."""
    receiver = Receiver(say=say)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while line := self.rfile.readline():
                assert line.startswith(b"POST ")
                headers = {}
                while (line := self.rfile.readline()) not in (b"\r\n", b""):
                    name, _, value = line.decode().partition(":")
                    headers[name.lower()] = value.strip()
                body = self.rfile.read(int(headers["content-length"]))
                receiver.came.append(Received(headers, body))
                said = receiver.say(len(receiver.came))
                if said.startswith(b"drip"):
                    drip(self.wfile)
                    return
                try:
                    self.wfile.write(said)
                except OSError:
                    return
                if not said.startswith(b"HTTP/1.1 2"):
                    return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, *_: object) -> None:
            """Say nothing: whoever hangs up is no failure of the test's."""

    with Server(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        # Asked to end, it looks whether it was once in so long: by default, in half a second.
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield receiver
        server.shutdown()


def drip(file: Any) -> None:
    """Send an answer a letter at a time, for longer than anybody waits."""
    try:
        for letter in "HTTP/1.1 204 No Content\r\nX: " + "x" * 1000:
            file.write(letter.encode())
            time.sleep(0.05)
    except OSError:
        return

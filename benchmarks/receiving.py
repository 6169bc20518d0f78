"""A receiver of webhooks that fails a third of the time, checks what comes, and tells at the end.

`receiving SECRETS` prints its port; the file of secrets (JSON, by path) is read when a line comes
on its input, and what it saw is printed, as JSON, when its input is closed.
"""

import asyncio
import base64
import hmac
import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

_FAILS = 1 / 3
_OK = b"HTTP/1.1 204 No Content\r\n\r\n"
_NO = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"


class Seen:
    """What came."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}
        self.last: dict[tuple[str, str], int] = {}
        self.messages: dict[str, tuple[str, str, int]] = {}
        self.counts: Counter[str] = Counter()
        self._rng = np.random.default_rng(1)

    def take(self, path: str, headers: dict[str, str], body: bytes) -> bytes:
        """Return the answer to a message."""
        self.counts["requests"] += 1
        id_, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
        signed = f"{id_}.{timestamp}.".encode() + body
        good = base64.b64encode(hmac.digest(self.keys[path], signed, sha256)).decode()
        self.counts["unsigned"] += headers.get("webhook-signature") != f"v1,{good}"
        if self._rng.random() < _FAILS:
            self.counts["failed"] += 1
            return _NO
        data = json.loads(body)["data"]
        file, seq = (path, data["application"]), data["fact"]
        if self.messages.setdefault(id_, (*file, seq)) != (*file, seq):
            self.counts["mistaken"] += 1
        last = self.last.get(file, 0)
        # Once more, the one that came last is a repeat; any other comes out of its order.
        self.counts["repeated"] += seq == last
        self.counts["out of order"] += seq not in (last, last + 1)
        self.last[file] = max(last, seq)
        return _OK


class Door(asyncio.Protocol):
    """Reads requests as they come, on connections that stay open."""

    def __init__(self, seen: Seen) -> None:
        self._seen, self._read = seen, b""

    def connection_made(self, transport: Any) -> None:
        """Keep where to answer."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is there whole."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            first, *lines = self._read[:end].decode().split("\r\n")
            parts = (line.partition(": ") for line in lines)
            headers = {name.lower(): value for name, _, value in parts}
            whole = end + 4 + int(headers["content-length"])
            if len(self._read) < whole:
                return
            body, self._read = self._read[end + 4 : whole], self._read[whole:]
            self._transport.write(self._seen.take(first.split()[1], headers, body))


async def main(secrets: Path) -> None:
    """Receive until the input is closed."""
    seen, loop = Seen(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Door(seen), "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    told = json.loads(secrets.read_text())
    raw = {f"/{url.rpartition('/')[2]}": one.removeprefix("whsec_") for url, one in told.items()}
    seen.keys = {path: base64.b64decode(one) for path, one in raw.items()}
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps({"messages": len(seen.messages)} | seen.counts))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))

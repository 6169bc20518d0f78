"""The rows of many clients at once, by COPY in its binary form."""

from collections.abc import Iterable
from struct import Struct

from parvis.casework.events import copying
from parvis.casework.events.rows import field
from parvis.lib.text import Language

_START = Struct(">hiq")


def copy_new(clients: Iterable[tuple[int, str, Language]]) -> None:
    """Copy clients who do not sign in, each as subject id, name and language."""
    copying.into(
        "people_client (id, name, language)",
        [
            _START.pack(3, 8, id_) + field(name.encode()) + field(language.encode())
            for id_, name, language in clients
        ],
    )

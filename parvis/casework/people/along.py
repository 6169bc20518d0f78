"""What comes along with a session in one query, for a page that nearly everybody comes for."""

from typing import Any, NamedTuple


class Along(NamedTuple):
    """A function of the database whose one row comes along, and what it is given.

    It is SQL of ours, in which `s` is the session; it shows what that session's user may see.
    """

    function: str
    values: tuple[Any, ...]


class Brought(NamedTuple):
    """The row that came along, of nothing but NULLs where there was none."""

    asked: Along
    row: tuple[Any, ...]

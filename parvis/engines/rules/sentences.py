"""Sentences with answers in them: `{age}` becomes 29, in both languages."""

from collections.abc import Mapping

from parvis.engines.rules.kinds import WHOLE, Kind, Value, written
from parvis.engines.rules.placeholders import placeholders, put_in
from parvis.engines.rules.tables import Row, Table
from parvis.lib.text import Text


def filled(
    text: Text, of: Mapping[str, Value], kinds: Mapping[str, Kind], row: Row, table: Table
) -> Text:
    """Return a row's text with what was answered and worked out in place of its placeholders."""
    words = {name: written(of[name], kinds[name]) for name in placeholders(text) if name in of}
    words["points"] = written(row.points, WHOLE)
    if table.member:
        words["each"] = table.member
    return put_in(text, words)

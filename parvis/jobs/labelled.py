"""A department's own enquiries with their topics, from a table: what a classifier learns from."""

from collections.abc import Callable, Container, Iterator
from pathlib import Path

from parvis.channels.casefiles import FileBroken, Reject
from parvis.channels.casefiles.delimited import DelimitedRows
from parvis.engines.language.learning import NOTHING, Example
from parvis.lib.text import LANGUAGES

COLUMNS = ("text", "language", "topic")


def read_labelled(
    path: Path, topics: Container[str], keep: Callable[[Reject], None]
) -> Iterator[Example]:
    """Yield each enquiry that can be learned from; hand the others to `keep`.

    Raises `FileBroken` where the table cannot be read, or not to its end.
    """
    rows = DelimitedRows(path)
    if missing := [name for name in COLUMNS if name not in rows.header]:
        raise FileBroken(
            f"a column is missing: {', '.join(missing)}. The first line names the columns "
            f"{', '.join(COLUMNS)}; it says {', '.join(rows.header)}.",
            line=1,
        )
    for line, (text, language, topic), fault in rows.rows(COLUMNS):
        wrong = (None, fault) if fault else _wrong(text, language, topic, topics)
        if wrong:
            field, reason = wrong
            keep(Reject(line, None, field, reason, rows.record()))
        else:
            yield Example(text, topic)
    if rows.broken:
        raise rows.broken


def _wrong(text: str, language: str, topic: str, topics: Container[str]) -> tuple[str, str] | None:
    if not text.strip():
        return "text", "nothing was written"
    if language not in LANGUAGES:
        return "language", f"{language!r} is none; write en or fr"
    if topic != NOTHING and topic not in topics:
        return (
            "topic",
            f"no topic has the code {topic!r}; `parvis topics list` tells them",
        )
    return None

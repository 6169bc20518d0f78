"""Which columns of a table hold what: told on the command line, or guessed from their names."""

from parvis.channels.casefiles.model import ColumnsUnknown, FileBroken
from parvis.programs.schema import Columns

USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "case": (
        "case", "case_id", "case_number", "case:concept:name", "number",
        "application", "application_id", "application_number",
    ),
    "received": ("received", "received_on", "received_at", "received_date", "date_received"),
    "decided": ("decided", "decided_on", "decided_at", "decided_date", "date_decided"),
    "outcome": ("outcome", "decision", "status"),
    "activity": ("activity", "concept:name"),
    "at": ("at", "timestamp", "time:timestamp"),
    "lifecycle": ("lifecycle", "lifecycle:transition"),
}  # fmt: skip
ONE_ROW_A_CASE = ("case", "received", "decided")
ONE_ROW_AN_EVENT = ("case", "activity", "at")


def guess_columns(header: list[str]) -> Columns | None:
    """Return the columns that the usual names give, or None if they make neither shape."""
    plain = {_plain(name): name for name in reversed(header)}
    found = {
        role: plain[name]
        for role, names in USUAL_NAMES.items()
        for name in reversed(names)
        if name in plain
    }
    for shape, extra in ((ONE_ROW_AN_EVENT, "lifecycle"), (ONE_ROW_A_CASE, "outcome")):
        if all(role in found for role in shape):
            return Columns(**{role: found[role] for role in (*shape, extra) if role in found})
    return None


def parse_columns(text: str) -> Columns:
    """Return the columns that a text like `case=case_id,received=received_on` names.

    Raises `FileBroken` if it cannot be read so.
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    named = {role.strip(): name.strip() for role, _, name in pairs}
    unknown = [role for role, name in named.items() if role not in USUAL_NAMES or not name]
    if unknown or len(named) < len(pairs):
        raise FileBroken(
            f"columns cannot be read from “{text}” ({', '.join(unknown) or 'one is named twice'}); "
            "expected, for example: case=case_id,received=received_on,decided=decided_on"
        )
    if "case" not in named:
        raise FileBroken(f"the columns “{text}” do not say which one holds the case number: case=…")
    return Columns(**named)


def columns_of(header: list[str], told: Columns | None) -> Columns:
    """Return the columns to read, after making sure that the file has each, once."""
    has = f"The file has: {', '.join(header)}."
    columns = told or guess_columns(header)
    if columns is None:
        raise ColumnsUnknown(
            "the names of the columns do not say what they hold. Name the one with the case, and "
            "those with received and decided, or with activity and at: --columns "
            "case=…,received=…,decided=….",
            has,
        )
    if not columns.received and not (columns.activity and columns.at):
        raise FileBroken(f"name the column received, or the columns activity and at. {has}")
    named = [name for name in columns.model_dump().values() if name]
    missing = [name for name in named if header.count(name) != 1]
    if missing:
        raise FileBroken(f"no column, or more than one, is called {', '.join(missing)}. {has}")
    return columns


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")

"""Files of case histories that a department already has (XES, CSV, Parquet), case by case."""

from parvis.channels.casefiles.columns import guess_columns, parse_columns
from parvis.channels.casefiles.model import (
    CaseFile,
    ColumnsUnknown,
    FileBroken,
    Reject,
    SourceCase,
    SourceEvent,
)
from parvis.channels.casefiles.opening import open_file

__all__ = [
    "CaseFile",
    "ColumnsUnknown",
    "FileBroken",
    "Reject",
    "SourceCase",
    "SourceEvent",
    "guess_columns",
    "open_file",
    "parse_columns",
]

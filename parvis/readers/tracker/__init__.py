"""The tracker: where a file is, whose turn it is, how long, and what happened so far."""

from parvis.readers.tracker.data import as_data, plain
from parvis.readers.tracker.dots import Dotplot, dotplot_of
from parvis.readers.tracker.file import file_lines, file_page, page_of
from parvis.readers.tracker.page import FileLine, FilePage
from parvis.readers.tracker.receipts import receipts

__all__ = [
    "Dotplot",
    "FileLine",
    "FilePage",
    "as_data",
    "dotplot_of",
    "file_lines",
    "file_page",
    "page_of",
    "plain",
    "receipts",
]

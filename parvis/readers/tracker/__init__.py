"""The tracker: where a file is, whose turn it is, how long, and what happened so far."""

from parvis.readers.tracker.data import as_data
from parvis.readers.tracker.file import file_lines, file_page
from parvis.readers.tracker.page import FileLine, FilePage

__all__ = ["FileLine", "FilePage", "as_data", "file_lines", "file_page"]

"""The tracker: where a file is, whose turn it is, how long, and what happened so far."""

from parvis.readers.tracker.data import as_data
from parvis.readers.tracker.file import file_page
from parvis.readers.tracker.page import FilePage

__all__ = ["FilePage", "as_data", "file_page"]

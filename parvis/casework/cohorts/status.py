"""How clients are let in, and the two doors."""

from enum import StrEnum


class CohortKind(StrEnum):
    """By what clients are in."""

    SHARE = "share"
    """A share of all clients, drawn by their numbers."""
    PROGRAM = "program"
    """Those who have an application in a program."""
    LIST = "list"
    """Those who were named."""


class Door(StrEnum):
    """By which clients come."""

    NEW = "new"
    OLD = "old"


WHOLE = 10_000
"""Shares are kept in hundredths of a percent."""

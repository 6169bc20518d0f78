"""A day on the command line, and what is told of days that have no figure."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import click

from parvis.jobs.cli import Refused
from parvis.lib.text import Language


class Day(click.ParamType[date]):
    """A day, such as 2023-11-30."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day that was typed."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; say it like 2023-11-30", param, ctx)


@contextmanager
def told_days_only(language: Language) -> Iterator[None]:
    """Tell in one sentence why a day has no figure, and what to do."""
    from parvis.readers.standards.standing import NOT_COUNTED, NotTold  # noqa: PLC0415 - as below

    try:
        yield
    except NotTold as refused:
        hint = "; run parvis figures refresh" if refused.reason is NOT_COUNTED else ""
        raise Refused(refused.reason[language].rstrip(".") + hint) from None

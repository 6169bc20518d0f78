"""The one place that reads the clock."""

from datetime import UTC, datetime, timedelta

_shift = timedelta()


def now() -> datetime:
    """Return the present moment, in UTC, as the department's clock shows it."""
    return datetime.now(UTC) + _shift


def shown(moment: datetime) -> datetime:
    """Return a moment of the machine's clock as the department's clock shows it."""
    return moment + _shift


def start_at(moment: datetime) -> None:
    """Set the department's clock to a moment, from which it goes on (a demo has its own time)."""
    global _shift  # noqa: PLW0603 - the clock is the one thing a process shares
    _shift = moment - datetime.now(UTC)

"""`parvis` and `python -m parvis`: run a command, and tell what went wrong in one sentence."""

import gc
import os
import sys

import click

from parvis.jobs import cli
from parvis.lib.postgres import PostgresError

_FAILED, _INTERRUPTED = 1, 130
_OBJECTS = 100_000
"""So many are made before Python looks for those that nothing holds any more."""
_SHUTTING_DOWN = "57P"
"""The errors that PostgreSQL gives while it stops or starts."""


def main() -> None:
    """Run the command that was typed and leave with 0, or 1 failed, 2 misused, 130 interrupted."""
    sys.exit(_run())


def _run() -> int:
    # What a command loads stays: to look through it for rubbish takes a tenth of its start.
    gc.set_threshold(_OBJECTS)
    try:
        left_with = cli.main(prog_name="parvis", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
            return _INTERRUPTED
        return _refuse("Nothing was done.")
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        return _refuse(sentence)
    return left_with if isinstance(left_with, int) else 0


def _refuse(sentence: str) -> int:
    cli.Refused(sentence).show()
    return _FAILED


def _shown(path: object) -> str:
    return os.fsencode(str(path)).decode(errors="replace")


def _sentence(error: Exception) -> str | None:
    """Return what to tell about a failure that is not a mistake of ours, or None."""
    if isinstance(error, PostgresError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{_shown(error.filename)}: {error.strerror}"
    if isinstance(error, UnicodeError):
        return "What was typed holds bytes that are no text (UTF-8). Type it again."
    # What was never loaded cannot have raised: `parvis --help` does not wait for Django.
    django, psycopg = sys.modules.get("django.core.exceptions"), sys.modules.get("psycopg")
    if django is not None and isinstance(error, django.ImproperlyConfigured):
        return str(error)
    cause = error.__cause__ or error
    if psycopg is not None and isinstance(cause, psycopg.OperationalError):
        state = cause.sqlstate
        if state is None or state.startswith(_SHUTTING_DOWN):
            return f"The database cannot be reached: {' '.join(str(error).split())}"
    return None


if __name__ == "__main__":
    main()

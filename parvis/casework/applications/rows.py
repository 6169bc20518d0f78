"""Copy the rows of new files."""

from collections.abc import Iterable

from django.db import connection

from parvis.casework.applications.state import State, rest_of

_COLUMNS = (
    "id, received_at, last_fact_at, closed_at, client_id, program, status, office, rest,"
    " source_number, source_digest"
)


def copy_new(files: Iterable[tuple[int, str | None, bytes | None, State]]) -> None:
    """Copy files, each as its subject id, source number, source digest and state."""
    statement = f"COPY applications_application ({_COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for id_, number, digest, state in files:
            copy.write_row(
                (
                    id_,
                    state.received_at,
                    state.last_fact_at,
                    state.closed_at,
                    state.client,
                    state.program,
                    state.status,
                    state.office,
                    rest_of(state).decode(),
                    number,
                    digest,
                )
            )

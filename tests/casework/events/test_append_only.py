"""Nobody changes the log, by whatever way; only a database for tests may be emptied."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from parvis.casework.events import copying, log, rows
from parvis.casework.events.facts import SubjectKind
from parvis.casework.events.models import Event, Subject
from parvis.config.environment import read_environment
from tests.casework.events.planting import DAY, FIVE, a_log, begin

PARTITIONS = [f"events_event_p{number}" for number in range(8)]
EVERYTHING = "SELECT string_agg(t::text, '|' ORDER BY t::text) FROM {} t"


def content() -> list[object]:
    """Return all that the log's two tables hold."""
    with connection.cursor() as cursor:
        found: list[object] = []
        for table in ("events_event", "events_subject"):
            cursor.execute(EVERYTHING.format(table))
            found += cursor.fetchall()
        return found


def refused(act: Callable[[], object], says: str = "append-only") -> None:
    """Try an act that the database must refuse, and see that nothing has changed."""
    before = content()
    with pytest.raises((DatabaseError, psycopg.Error), match=says), transaction.atomic():
        act()
    assert content() == before


def run(statement: str) -> Callable[[], object]:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return act


@pytest.fixture
def ids(db: None) -> list[int]:
    return a_log()


@pytest.mark.parametrize("table", ["events_event", *PARTITIONS])
def test_a_fact_is_never_changed_removed_or_emptied(ids: list[int], table: str) -> None:
    begin(*[FIVE[:1]] * 60)  # so that every partition has some
    refused(run(f"UPDATE {table} SET by = 'user:1'"))  # noqa: S608
    refused(run(f"DELETE FROM {table}"))  # noqa: S608
    refused(run(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events_event SET subject_id = subject_id + 1000",
        "UPDATE events_event SET at = at - interval '1 day' WHERE seq = 2",
        "DELETE FROM events_event USING events_subject s WHERE subject_id = s.id",
        (
            "INSERT INTO events_event SELECT * FROM events_event"
            " ON CONFLICT (subject_id, seq) DO UPDATE SET payload = '{}'"
        ),
        (
            "MERGE INTO events_event e USING events_subject s ON e.subject_id = s.id"
            " WHEN MATCHED THEN DELETE"
        ),
        "WITH gone AS (DELETE FROM events_event RETURNING *) SELECT count(*) FROM gone",
        "TRUNCATE events_event, events_subject CASCADE",
    ],
)
def test_no_statement_finds_a_way_around(ids: list[int], statement: str) -> None:
    refused(run(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events_subject",
        "TRUNCATE events_subject",
        "UPDATE events_subject SET facts = facts - 1",
        "UPDATE events_subject SET head = decode(repeat('00', 32), 'hex')",
        "UPDATE events_subject SET facts = facts + 1, kind = 'client' WHERE kind <> 'client'",
        "UPDATE events_subject SET facts = facts + 1, id = id + 1000",
    ],
)
def test_a_subject_only_grows(ids: list[int], statement: str) -> None:
    refused(run(statement))


@pytest.mark.parametrize(
    "act",
    [
        lambda: Event.objects.update(by="user:1"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.earliest("subject_id", "seq").delete(),
        lambda: Event.objects.order_by("subject_id", "seq")[0].save(update_fields=["by"]),
        lambda: Subject.objects.update(facts=0),
        lambda: Subject.objects.all().delete(),
    ],
)
def test_django_finds_no_way_either(ids: list[int], act: Callable[[], object]) -> None:
    refused(act)


def test_a_place_in_a_chain_is_given_once(ids: list[int]) -> None:
    again, _ = rows.row(rows.envelope(DAY, "user:1"), (ids[0], 2), DAY, FIVE[0].encoded, b"")
    refused(
        lambda: copying.into(f"events_event ({rows.COLUMNS})", [again]),
        "a_fact_has_its_place_on_its_subject|_pkey",
    )


@pytest.mark.parametrize(
    ("column", "value", "promise"),
    [
        ("seq", "0", "facts_are_numbered_from_one"),
        ("at", "recorded_at + interval '1 microsecond'", "a_fact_is_recorded_after_it_happened"),
        ("digest", "'short'", "a_digest_is_sha256"),
        ("payload", "'not json'", "json"),
        ("by", "NULL", "null"),
    ],
)
def test_what_cannot_be_a_fact_is_refused(
    ids: list[int], column: str, value: str, promise: str
) -> None:
    columns = rows.COLUMNS.split(", ")
    values = ", ".join({"seq": "99", column: value}.get(name, name) for name in columns)
    one = f"SELECT {values} FROM events_event WHERE seq = 2"  # noqa: S608
    refused(run(f"INSERT INTO events_event ({rows.COLUMNS}) {one}"), promise)


def test_a_batch_is_written_whole_or_not_at_all(ids: list[int]) -> None:
    [head] = log.reserve(1)
    twice = [(head, [(DAY, fact) for fact in FIVE])] * 2
    before = content()
    with pytest.raises(psycopg.IntegrityError), transaction.atomic():
        log.write(twice, kind=SubjectKind.APPLICATION, by="user:1")
    assert content() == before


GUARDED = """
CREATE TABLE guarded AS SELECT 1 AS number;
CREATE TRIGGER guard BEFORE TRUNCATE ON guarded
    FOR EACH STATEMENT EXECUTE FUNCTION parvis_refuse_change();
CREATE TRIGGER rows BEFORE UPDATE OR DELETE ON guarded
    FOR EACH ROW EXECUTE FUNCTION parvis_refuse_change();
"""


@contextmanager
def other_database(name: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Make another database with the same guard, and be in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('parvis_refuse_change'::regproc)")
        [guard] = cursor.fetchone() or [""]
    said = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in {"host", "port", "user", "password"}
    }
    with psycopg.connect(**said, dbname="postgres", autocommit=True) as maker:
        maker.execute(f'DROP DATABASE IF EXISTS "{name}"')
        maker.execute(f'CREATE DATABASE "{name}"')
        try:
            with psycopg.connect(**said, dbname=name, autocommit=True) as inside:
                inside.execute(guard)
                inside.execute(GUARDED)
                yield inside
        finally:
            maker.execute(f'DROP DATABASE "{name}"')


ALLOW = "SET parvis.resetting_test_database = 'on'"


@pytest.mark.parametrize("name", ["parvis_aside", "testing_parvis", "my_test_parvis"])
def test_no_setting_empties_a_database_that_is_not_for_tests(db: None, name: str) -> None:
    with other_database(name) as inside:
        inside.execute(ALLOW)
        for statement in (
            "TRUNCATE guarded",
            "DELETE FROM guarded",
            "UPDATE guarded SET number = 2",
        ):
            with pytest.raises(psycopg.DatabaseError, match="append-only"):
                inside.execute(statement)


def test_a_database_for_tests_is_emptied_only_with_the_setting_and_never_changed(db: None) -> None:
    with other_database("test_parvis_aside") as inside:
        for setting in (
            "RESET parvis.resetting_test_database",
            "SET parvis.resetting_test_database = 'off'",
        ):
            inside.execute(setting)
            with pytest.raises(psycopg.DatabaseError, match="append-only"):
                inside.execute("TRUNCATE guarded")
        inside.execute(ALLOW)
        for statement in ("DELETE FROM guarded", "UPDATE guarded SET number = 2"):
            with pytest.raises(psycopg.DatabaseError, match="append-only"):
                inside.execute(statement)
        inside.execute("TRUNCATE guarded")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///test_parvis",
        "postgresql://u@h/?dbname=test_x",
        "postgresql://u@h/%74est_x",
        "dbname=test_ host=h",
    ],
)
def test_the_settings_refuse_a_database_that_is_for_tests(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="for tests alone"):
        read_environment()

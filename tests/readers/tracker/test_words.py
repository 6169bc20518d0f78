"""Every fact has words in both languages, and another system's history reads as well as ours."""

import inspect
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from parvis.casework.applications import facts, histories
from parvis.casework.applications.foreign import ForeignCase, Reading
from parvis.casework.applications.selectors import files_numbered
from parvis.casework.events.facts import Fact, Unknown
from parvis.casework.events.log import Recorded
from parvis.lib.dates import day
from parvis.lib.text import Text
from parvis.programs import loader
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Outcome
from parvis.readers.tracker import FilePage, file_page
from parvis.readers.tracker.history import LIFECYCLES, told
from parvis.readers.tracker.words import WORDS, said

EXAMPLES = Path(__file__).parents[3] / "examples" / "programs"
AT = datetime(2012, 5, 3, 9, tzinfo=UTC)
NOW = AT + timedelta(days=30)

KINDS = [
    kind
    for _, kind in inspect.getmembers(facts, inspect.isclass)
    if issubclass(kind, Fact) and kind is not Fact
]
VALUES = {
    "program": "study-permit",
    "client": 7,
    "section": "background",
    "document": "police-certificate",
    "office": "vac-manila",
    "stops_clock": False,
    "outcome": Outcome.APPROVED,
    "half_on": date(2024, 3, 1),
    "most_on": date(2024, 5, 1),
    "dots": tuple(range(20)),
    "reached": 400,
    "decided": 320,
}


def example(kind: type[Fact]) -> Fact:
    needed = inspect.signature(kind).parameters.values()
    return kind(**{one.name: VALUES[one.name] for one in needed if one.default is one.empty})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_every_kind_of_fact_has_words_in_both_languages(kind: type[Fact]) -> None:
    assert kind in WORDS
    text = said(example(kind), loader.program("study-permit"))
    assert text.en != text.fr


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.KIND)
def test_a_code_that_the_program_dropped_is_told_as_it_is(kind: type[Fact]) -> None:
    program = loader.program("study-permit")
    bare = program.model_copy(update={"sections": {}, "documents": {}, "offices": {}})
    assert said(example(kind), bare)


@pytest.mark.parametrize(
    ("what", "en", "fr"),
    [
        ({}, "We received from you: Medical exam.", "reçu de votre part\xa0: Examen médical."),
        (
            {"mandate": 3, "files": ("a", "b")},
            "Your representative answered for you: Medical exam (2 files).",
            "Votre représentant a répondu pour vous\xa0: Examen médical (2 fichiers).",
        ),
        (
            {"mandate": 3, "done_on": date(2024, 5, 1)},
            "Your representative told us that this took place on 1 May 2024: Medical exam.",
            "représentant a indiqué que ceci a eu lieu le 1er mai 2024\xa0: Examen médical.",
        ),
        ({"files": ("a",)}, "Medical exam (1 file).", "Examen médical (1 fichier)."),
        ({"files": ("a", "b")}, "Medical exam (2 files).", "Examen médical (2 fichiers)."),
        (
            {"done_on": date(2024, 5, 1), "files": ("a",)},
            "You told us that this took place on 1 May 2024: Medical exam (1 file).",
            "Vous avez indiqué que ceci a eu lieu le 1er mai 2024\xa0: Examen médical (1 fichier).",
        ),
    ],
)
def test_an_answer_is_told_with_its_files_and_its_day(
    what: dict[str, Any], en: str, fr: str
) -> None:
    fact = facts.ClientAnswered(document="medical-exam", **what)
    told = said(fact, loader.program("study-permit"))
    assert told.en.endswith(en)
    assert told.fr.endswith(fr)


def test_an_unknown_fact_is_another_event() -> None:
    unknown = Recorded(1, AT, AT, "test", Unknown(kind="application.sung", version=3))
    [line] = told([unknown], loader.program("study-permit"), officer=False)
    assert line.sentence.en == "Another event was recorded."
    assert line.kind == "application.sung"


@pytest.mark.parametrize(
    ("on", "en", "fr"),
    [
        (date(2024, 5, 3), "3 May 2024", "3 mai 2024"),
        (date(2024, 5, 1), "1 May 2024", "1er mai 2024"),
        (date(2024, 8, 31), "31 August 2024", "31 août 2024"),
    ],
)
def test_dates_are_written_out(on: date, en: str, fr: str) -> None:
    assert day(on).text == Text(en=en, fr=fr)


@pytest.fixture
def mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Return a program of another system: traffic fines, with one activity for officers only."""
    monkeypatch.setenv("PARVIS_HOME", str(tmp_path))
    own = (EXAMPLES / "road-fine.yaml").read_text()
    hidden = (
        "\n    Phone the garage:\n      name: {en: Call, fr: Appel}\n      officer_only: true\n"
    )
    path = tmp_path / "road-fine.yaml"
    path.write_text(own.rstrip() + hidden)
    return loader.adopt(path)


def imported(program: Program, *events: str, officer: bool = False) -> FilePage:
    read = [
        (AT + timedelta(hours=n), name, lifecycle or None)
        for n, event in enumerate(events)
        for name, _, lifecycle in [event.partition("|")]
    ]
    case = ForeignCase("A1", read, None)
    histories.take_in(program=program.code, cases=[case], reading=Reading(program), by="import")
    [file] = files_numbered("A1", program=program.code)
    return file_page(file, NOW, officer=officer)


def sentences(page: FilePage, language: str = "en") -> list[str]:
    return [getattr(line.sentence, language) for line in page.history]


@pytest.mark.django_db
def test_another_systems_activities_are_called_what_the_program_calls_them(mapped: Program) -> None:
    page = imported(mapped, "Create Fine", "Send Fine", "Insert Fine Notification")
    assert sentences(page) == ["Fine delivered", "Fine sent", "Fine recorded"]
    assert sentences(page, "fr")[0] == "Contravention remise"
    assert page.source_number == "A1"


@pytest.mark.django_db
def test_a_label_that_nobody_mapped_is_told_as_it_is(mapped: Program) -> None:
    page = imported(mapped, "Create Fine", "Wachten op bericht")
    assert page.history[0].sentence == Text(en="Wachten op bericht", fr="Wachten op bericht")


@pytest.mark.django_db
def test_the_beginning_and_the_end_of_an_activity_are_told_apart(mapped: Program) -> None:
    page = imported(
        mapped, "Create Fine|complete", "Send Fine|start", "Send Fine|complete", "Payment|COMPLETE"
    )
    assert sentences(page) == [
        "Payment received",
        "Fine sent: completed",
        "Fine sent: started",
        "Fine recorded",
    ]
    assert sentences(page, "fr")[1] == "Contravention envoyée\N{NO-BREAK SPACE}: fin"


@pytest.mark.django_db
@pytest.mark.parametrize("lifecycle", [*LIFECYCLES, "sung"])
def test_every_transition_reads(mapped: Program, lifecycle: str) -> None:
    page = imported(mapped, "Create Fine", f"Send Fine|{lifecycle}")
    assert page.history[0].sentence.en.startswith("Fine sent")


@pytest.mark.django_db
def test_what_is_for_officers_only_is_told_to_them_alone(mapped: Program) -> None:
    events = ("Create Fine", "Phone the garage")
    assert sentences(imported(mapped, *events)) == ["Fine recorded"]
    page = imported(mapped, *events, officer=True)
    assert [line.officer_only for line in page.history] == [True, False]


@pytest.mark.django_db
def test_a_program_without_a_standard_says_so(mapped: Program) -> None:
    standard = imported(mapped, "Create Fine").service_standard
    assert (standard.code, standard.due_on) == ("none", None)
    assert standard.sentences[0].fr == "Le registre ne mentionne aucune norme de service."


@pytest.mark.django_db
def test_a_file_that_ended_elsewhere_without_saying_how_reads_as_closed(mapped: Program) -> None:
    page = imported(mapped, "Create Fine", "Payment")
    assert page.status.code == "closed"
    assert page.headline.en == "Your fine is closed."

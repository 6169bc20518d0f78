"""Whether a document arrived: what came and when, and what lacks, in both languages."""

from datetime import date, timedelta

import pytest

from parvis.readers.tracker import file_page, receipts
from tests.filing import ASK, OPEN, RECEIVED, Act, filed, seen

pytestmark = pytest.mark.django_db
SENT: Act = ("receive_answer", {"document": "police-certificate", "files": ("a" * 64, "b" * 64)})
VISIT: Act = ("ask_client", {"document": "medical-exam", "section": None, "due_on": None})
WENT: Act = ("receive_answer", {"document": "medical-exam", "done_on": date(2024, 1, 15)})
ELSEWHERE = (
    "What you sent us another way shows on your page once it is with your application.",
    (
        "Ce que vous nous avez envoyé autrement apparaît sur votre page une fois versé à votre"
        " demande."
    ),
)
NOTHING = ("We do not wait for anything from you.", "Nous n’attendons rien de votre part.")
CAME = (
    "15 January 2024 – We received from you: Police certificate (2 files).",
    "15 janvier 2024 – Nous avons reçu de votre part\xa0: Certificat de police (2 fichiers).",
)
LACKS = (
    "We still wait for: Police certificate.",
    "Nous attendons encore\xa0: Certificat de police.",
)


def said(*acts: Act, after_days: int = 10) -> list[tuple[str, str]]:
    page = file_page(seen(filed(*acts)), RECEIVED + timedelta(days=after_days))
    return [(one.en, one.fr) for one in receipts(page)]


def test_of_a_file_for_which_nothing_was_asked_there_is_nothing_to_say() -> None:
    assert said(OPEN) == []


def test_what_came_is_said_with_its_day() -> None:
    assert said(OPEN, ASK, SENT) == [CAME, NOTHING]


def test_what_lacks_is_said_with_the_day_by_which_it_is_due() -> None:
    [lacks, elsewhere] = said(OPEN, ASK)
    assert lacks == (
        f"{LACKS[0]} It is due on 1 March 2024.",
        f"{LACKS[1]} La date limite est le 1er mars 2024.",
    )
    assert elsewhere == ELSEWHERE
    [lacks, _] = said(OPEN, ASK, after_days=60)
    assert lacks[0].endswith("It was due on 1 March 2024.")
    assert lacks[1].endswith("La date limite était le 1er mars 2024.")


def test_both_are_said_the_newest_first_and_a_visit_by_its_own_day() -> None:
    visit = (
        "17 January 2024 – You told us that this took place on 15 January 2024: Medical exam.",
        (
            "17 janvier 2024 – Vous avez indiqué que ceci a eu lieu le 15 janvier 2024\xa0:"
            " Examen médical."
        ),
    )
    again = ("ask_client", {**ASK[1], "due_on": None})
    assert said(OPEN, ASK, SENT, VISIT, WENT, again) == [visit, CAME, LACKS, ELSEWHERE]


def test_a_closed_file_waits_for_nothing() -> None:
    assert said(ASK, ("abandon", {})) == []
    assert said(OPEN, ASK, SENT, ("withdraw", {})) == [CAME, NOTHING]

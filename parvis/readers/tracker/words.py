"""What each kind of fact is called, in both languages."""

from collections.abc import Callable, Mapping
from typing import Any

from parvis.casework.applications import facts
from parvis.casework.applications.status import OUTCOME
from parvis.casework.events.facts import Fact
from parvis.lib.dates import day
from parvis.lib.text import Text
from parvis.programs.schema import Document, Office, Program, Section
from parvis.programs.vocabulary import Status
from parvis.readers.tracker.page import RequestLine

ANOTHER = Text(en="Another event was recorded.", fr="Un autre événement a été inscrit.")


def said(fact: Fact, program: Program) -> Text:
    """Return what a fact says, in the program's words where it has some."""
    words = WORDS.get(type(fact))
    return words(fact, program) if words else ANOTHER


def name_of(code: str, known: Mapping[str, Section | Document | Office]) -> Text:
    """Return the name behind a code; the code itself where the program has since dropped it."""
    return known[code].name if code in known else Text(en=code, fr=code)


def due_said(request: RequestLine) -> Text | None:
    """Return by when a request is to be answered, as a sentence; None where no day was given."""
    if request.due_on is None:
        return None
    due = request.due_on.text
    is_en, is_fr = ("was", "était") if request.overdue else ("is", "est")
    return Text(en=f"It {is_en} due on {due.en}.", fr=f"La date limite {is_fr} le {due.fr}.")


def _headline(status: Status) -> Callable[[Any, Program], Text]:
    return lambda fact, program: program.statuses[status].headline


def _acknowledged(fact: facts.Acknowledged, program: Program) -> Text:
    return Text(
        en="We confirmed that your application is complete.",
        fr="Nous avons confirmé que votre demande est complète.",
    )


def _step(fact: facts.StepRecorded, program: Program) -> Text:
    if fact.section is None:
        return Text(en="We worked on your application.", fr="Nous avons travaillé à votre demande.")
    return _of_section("we did more work", "nous avons poursuivi le travail")(fact, program)


def _of_section(en: str, fr: str) -> Callable[[Any, Program], Text]:
    def words(fact: Any, program: Program) -> Text:
        name = name_of(fact.section, program.sections)
        return Text(en=f"{name.en}: {en}.", fr=f"{name.fr}\N{NO-BREAK SPACE}: {fr}.")

    return words


def _asked(fact: facts.ClientAsked, program: Program) -> Text:
    name = name_of(fact.document, program.documents)
    due = day(fact.due_on).text if fact.due_on else None
    return Text(
        en=f"We asked you for: {name.en}{f', by {due.en}' if due else ''}.",
        fr=f"Nous vous avons demandé\N{NO-BREAK SPACE}: {name.fr}"
        f"{f', au plus tard le {due.fr}' if due else ''}.",
    )


def _answered(fact: facts.ClientAnswered, program: Program) -> Text:
    name = name_of(fact.document, program.documents)
    en, fr = _files(len(fact.files or ()))
    if fact.mandate is not None:
        return _answered_for_them(fact, Text(en=f"{name.en}{en}", fr=f"{name.fr}{fr}"))
    if fact.done_on:
        done = day(fact.done_on).text
        return Text(
            en=f"You told us that this took place on {done.en}: {name.en}{en}.",
            fr=f"Vous avez indiqué que ceci a eu lieu le {done.fr}"
            f"\N{NO-BREAK SPACE}: {name.fr}{fr}.",
        )
    return Text(
        en=f"We received from you: {name.en}{en}.",
        fr=f"Nous avons reçu de votre part\N{NO-BREAK SPACE}: {name.fr}{fr}.",
    )


def _answered_for_them(fact: facts.ClientAnswered, what: Text) -> Text:
    if fact.done_on:
        done = day(fact.done_on).text
        return Text(
            en=f"Your representative told us that this took place on {done.en}: {what.en}.",
            fr=f"Votre représentant a indiqué que ceci a eu lieu le {done.fr}"
            f"\N{NO-BREAK SPACE}: {what.fr}.",
        )
    return Text(
        en=f"Your representative answered for you: {what.en}.",
        fr=f"Votre représentant a répondu pour vous\N{NO-BREAK SPACE}: {what.fr}.",
    )


def _adult_added(fact: facts.AdultAdded, program: Program) -> Text:
    return Text(
        en="Another adult is on this application.",
        fr="Un autre adulte figure dans cette demande.",
    )


def _adult_removed(fact: facts.AdultRemoved, program: Program) -> Text:
    return Text(
        en="An adult is no longer on this application.",
        fr="Un adulte ne figure plus dans cette demande.",
    )


def _files(count: int) -> tuple[str, str]:
    """Return how many files came with an answer; nothing where we did not keep count."""
    if count == 0:
        return "", ""
    return f" ({count} file{'s'[: count > 1]})", f" ({count} fichier{'s'[: count > 1]})"


def _transferred(fact: facts.Transferred, program: Program) -> Text:
    name = name_of(fact.office, program.offices)
    return Text(
        en=f"We sent your application to: {name.en}.",
        fr=f"Nous avons transmis votre demande\N{NO-BREAK SPACE}: {name.fr}.",
    )


def _decided(fact: facts.Decided, program: Program) -> Text:
    return program.statuses[OUTCOME[fact.outcome]].headline


def _reopened(fact: facts.Reopened, program: Program) -> Text:
    return Text(en="We reopened your application.", fr="Nous avons rouvert votre demande.")


def _date_given(fact: facts.DateGiven, program: Program) -> Text:
    half, most = day(fact.half_on).text, day(fact.most_on).text
    return Text(
        en=f"We told you a time. 10 of 20 applications like yours are decided by {half.en}."
        f" 16 of 20 are decided by {most.en}.",
        fr="Nous vous avons donné un délai. 10 demandes sur 20 comme la vôtre sont réglées au plus"
        f" tard le {half.fr}. 16 sur 20 le sont au plus tard le {most.fr}.",
    )


WORDS: dict[type[Fact], Callable[[Any, Program], Text]] = {
    facts.Received: _headline(Status.RECEIVED),
    facts.Acknowledged: _acknowledged,
    facts.StepRecorded: _step,
    facts.SectionOpened: _of_section("our review began", "l’étude a commencé"),
    facts.SectionCompleted: _of_section("our review ended", "l’étude est terminée"),
    facts.SectionExempted: _of_section("not required", "étape non requise"),
    facts.ClientAsked: _asked,
    facts.ClientAnswered: _answered,
    facts.AdultAdded: _adult_added,
    facts.AdultRemoved: _adult_removed,
    facts.Transferred: _transferred,
    facts.Decided: _decided,
    facts.Withdrawn: _headline(Status.WITHDRAWN),
    facts.Abandoned: _headline(Status.ABANDONED),
    facts.Reopened: _reopened,
    facts.DateGiven: _date_given,
}

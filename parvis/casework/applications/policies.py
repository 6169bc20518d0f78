"""What the state of a file allows. `check_can_…` raises, `can_…` asks it."""

from collections.abc import Collection

from parvis.casework.applications.state import State
from parvis.casework.applications.status import ENDINGS, MOVES, SECTION_MOVES
from parvis.casework.people.policies import ActRefused, asks
from parvis.programs.schema import Program
from parvis.programs.vocabulary import Outcome, SectionStatus, Status


def check_can_move(state: State, to: Status) -> None:
    """Refuse a move that the table does not hold."""
    if to not in MOVES[state.status]:
        raise ActRefused(
            f"a file that is {state.status} cannot become {to}",
            f"un dossier à l’état {state.status} ne peut pas passer à {to}",
        )


def check_can_work(state: State) -> None:
    """Refuse work on a closed file."""
    if state.status in ENDINGS:
        raise ActRefused(
            "the file is closed; reopen it first", "le dossier est fermé; rouvrez-le d’abord"
        )


def check_can_acknowledge(state: State) -> None:
    """Refuse to acknowledge what is past receipt."""
    if state.status is not Status.RECEIVED:
        raise ActRefused(
            "only a file just received can be acknowledged",
            "seul un dossier qui vient d’être reçu peut faire l’objet d’un accusé de réception",
        )


def check_can_add_adult(state: State, client: int, on_it: Collection[int]) -> None:
    """Refuse an adult on a closed file, and one who is on it."""
    check_can_work(state)
    if client in on_it:
        raise ActRefused(
            "this person is on the application already",
            "cette personne figure déjà dans la demande",
        )


def check_can_remove_adult(client: int, on_it: Collection[int]) -> None:
    """Refuse to take off who is not on the file as an adult; its own client stays."""
    if client not in on_it:
        raise ActRefused(
            "this person is not on the application besides its client",
            "cette personne ne figure pas dans la demande en plus de son client",
        )


def check_can_turn_section(state: State, program: Program, section: str, to: SectionStatus) -> None:
    """Refuse a section that the program lacks, and a move that its table does not hold."""
    check_can_work(state)
    if section not in program.sections:
        known = ", ".join(program.sections)
        raise ActRefused(
            f"{program.code} has no section {section}; it has {known}",
            f"{program.code} n’a pas d’étape {section}; ses étapes sont {known}",
        )
    kept = state.sections.get(section)
    now = kept.status if kept else SectionStatus.NOT_STARTED
    if to not in SECTION_MOVES[now]:
        raise ActRefused(
            f"section {section} is {now} and cannot become {to}",
            f"l’étape {section} est à l’état {now} et ne peut pas passer à {to}",
        )


def check_can_ask(state: State, program: Program, document: str, section: str | None) -> None:
    """Refuse a document that the program does not know or that the client was already asked for."""
    check_can_work(state)
    if document not in program.documents:
        known = ", ".join(program.documents)
        raise ActRefused(
            f"{program.code} has no document {document}; it has {known}",
            f"{program.code} n’a pas de document {document}; ses documents sont {known}",
        )
    if any(request.is_open and request.document == document for request in state.requests):
        raise ActRefused(
            f"the client was already asked for {document}",
            f"le document {document} a déjà été demandé au client",
        )
    kept = state.sections.get(section) if section else None
    if section and not (kept and kept.status is SectionStatus.WAITING_ON_CLIENT):
        check_can_turn_section(state, program, section, SectionStatus.WAITING_ON_CLIENT)


def check_can_answer(state: State, document: str) -> None:
    """Refuse an answer to what nobody asked."""
    check_can_work(state)
    if not any(request.is_open and request.document == document for request in state.requests):
        raise ActRefused(
            f"the client is not asked for {document}",
            f"le document {document} n’est pas demandé au client",
        )


def check_can_transfer(state: State, program: Program, office: str) -> None:
    """Refuse an office that the program does not know, or where the file already is."""
    check_can_work(state)
    if office not in program.offices:
        known = ", ".join(program.offices)
        raise ActRefused(
            f"{program.code} has no office {office}; it has {known}",
            f"{program.code} n’a pas de bureau {office}; ses bureaux sont {known}",
        )
    if office == state.office:
        raise ActRefused(f"the file is at {office}", f"le dossier est à {office}")


def check_can_decide(state: State, outcome: Outcome) -> None:
    """Refuse to decide what is closed, and to decide without saying how."""
    check_can_work(state)
    if outcome is Outcome.CLOSED:
        raise ActRefused(
            "a decision says how it went: approved or refused",
            "une décision dit son issue : approuvée ou refusée",
        )


def check_can_reopen(state: State) -> None:
    """Refuse to reopen what is open."""
    if state.status not in ENDINGS:
        raise ActRefused("the file is open", "le dossier est ouvert")


can_move = asks(check_can_move)
can_work = asks(check_can_work)
can_add_adult = asks(check_can_add_adult)
can_remove_adult = asks(check_can_remove_adult)
can_acknowledge = asks(check_can_acknowledge)
can_turn_section = asks(check_can_turn_section)
can_ask = asks(check_can_ask)
can_answer = asks(check_can_answer)
can_transfer = asks(check_can_transfer)
can_decide = asks(check_can_decide)
can_reopen = asks(check_can_reopen)

"""What can be done with a cohort. The reasons are told as they stand."""

from parvis.casework.cohorts.models import Cohort
from parvis.casework.cohorts.status import WHOLE, CohortKind
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused, asks, check_may, relation_of
from parvis.programs import loader


def check_may_open(by: User | None) -> None:
    """Refuse whoever may not say to whom the door is open; `by` is None for the house itself."""
    if by is not None:
        check_may(Act.OPEN_DOOR, relation_of(by))


def check_share(share: int | None) -> None:
    """Refuse what is no share of all."""
    if share is None or not 1 <= share <= WHOLE:
        raise ActRefused(
            "Give a percentage above 0 and up to 100.",
            "Donnez un pourcentage supérieur à 0 et d’au plus 100.",
        )


def check_program(program: str | None) -> None:
    """Refuse a program that there is not."""
    if program not in loader.all_programs():
        raise ActRefused("Choose a program.", "Choisissez un programme.")


def check_goes_on(cohort: Cohort) -> None:
    """Refuse to change what was stopped."""
    if cohort.stopped_at is not None:
        raise ActRefused(
            "It was stopped. Open it anew: others may be drawn.",
            "L’ouverture a été arrêtée. Ouvrez-en une autre : le tirage changera.",
        )


def check_can_raise(cohort: Cohort, share: int) -> None:
    """Refuse to make a share smaller: who is in stays in."""
    check_goes_on(cohort)
    check_share(share)
    if cohort.kind != CohortKind.SHARE or cohort.share is None:
        raise ActRefused("Only a percentage is raised.", "Seul un pourcentage s’augmente.")
    if share <= cohort.share:
        raise ActRefused(
            "Give more than now: who is in stays in. To close the door, stop it.",
            "Donnez plus que maintenant : qui y est y reste. Pour fermer la porte, arrêtez-la.",
        )


can_raise = asks(check_can_raise)

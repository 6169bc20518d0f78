"""What can be done with a line. The reasons are told as they stand."""

import re
from datetime import datetime

from parvis.casework.lines.models import Agent, Line, Place
from parvis.casework.people.models import User
from parvis.casework.people.policies import Act, ActRefused, asks, check_may, relation_of
from parvis.casework.people.roles import Role
from parvis.programs.schema import CODE
from parvis.programs.support_lines.schema import LANGUAGE

ANSWERING = frozenset({Role.AGENT, Role.OFFICER, Role.SUPERVISOR})
"""Who can answer clients: those who may see their files."""
MOST_AT_ONCE = 50
LONGEST_CODE = 64
_TAKEN = frozenset({"open"})
GENERAL = "general"
"""The line that whoever finds a closed one is sent to; it is never closed."""


class CodeRefused(ActRefused):
    """The act is refused for the code that the line was to have."""


class AddressRefused(ActRefused):
    """The act is refused for the e-mail address that the line was to have."""


def check_may_open_lines(by: User | None) -> None:
    """Refuse whoever may not open, change, staff or close lines; None is the house itself."""
    if by is not None:
        check_may(Act.OPEN_LINE, relation_of(by))


def check_code(code: str) -> None:
    """Refuse what is no code, or stands for something else in an address."""
    if not re.fullmatch(CODE, code) or len(code) > LONGEST_CODE or code in _TAKEN:
        raise CodeRefused(
            "Choose a code of lower-case letters, digits and hyphens, like ukraine.",
            "Choisissez un code fait de minuscules, de chiffres et de traits d’union, comme"
            " ukraine.",
        )


def check_code_is_free(code: str) -> None:
    """Refuse a code that a line has, or had: an archive keeps its name."""
    if Line.objects.filter(code=code).exists():
        raise CodeRefused(
            f"There is, or was, a line {code}. Choose another code.",
            f"La ligne {code} existe ou a existé. Choisissez un autre code.",
        )


def check_address_is_free(email: str | None, *, but: int | None = None) -> None:
    """Refuse an address that leads to another open line."""
    there = Line.objects.filter(closed_at=None, email=email)
    if but is not None:
        there = there.exclude(pk=but)
    if email is not None and there.exists():
        raise AddressRefused(
            "This address leads to another line. Give the line one of its own.",
            "Cette adresse mène à une autre ligne. Donnez à la ligne une adresse à elle.",
        )


def check_is_open(line: Line) -> None:
    """Refuse to change, or to staff, what is closed."""
    if line.closed_at is not None:
        raise ActRefused(
            "The line is closed. What came on it stays to be read; open another for new contacts.",
            "La ligne est fermée. Ce qui y est arrivé reste à lire. Ouvrez-en une autre pour de"
            " nouvelles demandes.",
        )


def check_can_close(line: Line) -> None:
    """Refuse to close the line that all others lead back to."""
    if line.code == GENERAL:
        raise ActRefused(
            "The general line is never closed: others lead back to it. Change its hours instead.",
            "La ligne générale ne se ferme pas, car les autres y ramènent. Changez ses heures.",
        )


can_close = asks(check_can_close)


def check_answers(user: User) -> None:
    """Refuse as an agent whoever may not see files."""
    if user.role not in ANSWERING or not user.is_active:
        raise ActRefused(
            "Only agents, officers and supervisors who can sign in answer clients.",
            "Seuls les agents et les superviseurs qui peuvent se connecter répondent aux clients.",
        )


def check_profile(languages: tuple[str, ...], skills: tuple[str, ...], capacity: int) -> None:
    """Refuse an agent who speaks nothing that there is, or has room for nobody or for a crowd."""
    if not languages or not all(re.fullmatch(LANGUAGE, one) for one in languages):
        raise ActRefused(
            "Give at least one language, by its code: en, fr, uk.",
            "Donnez au moins une langue, par son code\N{NO-BREAK SPACE}: fr, en, uk.",
        )
    if not all(re.fullmatch(CODE, one) and len(one) <= LONGEST_CODE for one in skills):
        raise ActRefused(
            "A skill is a code of lower-case letters, digits and hyphens.",
            "Une compétence est un code fait de minuscules, de chiffres et de traits d’union.",
        )
    if not 1 <= capacity <= MOST_AT_ONCE:
        raise ActRefused(
            f"Give from 1 to {MOST_AT_ONCE} conversations at once.",
            f"Donnez de 1 à {MOST_AT_ONCE} conversations à la fois.",
        )


def check_is_not_lent_elsewhere(agent: Agent, line: Line) -> None:
    """Refuse to lend somebody twice."""
    lent = Place.objects.filter(agent=agent, until=None, lent=True).exclude(line=line)
    if (place := lent.select_related("line").first()) is not None:
        raise ActRefused(
            f"They are lent to the line {place.line.code}. Let them return first.",
            f"Cette personne est prêtée à la ligne {place.line.code}. Faites-la d’abord revenir.",
        )


def check_not_before(at: datetime, line: Line) -> None:
    """Refuse to close a line before it opened."""
    if at < line.opened_at:
        raise ActRefused(
            "A line cannot close before it opened.",
            "Une ligne ne peut fermer avant d’avoir ouvert.",
        )


def check_knows_enough(agent: Agent, needed: tuple[str, ...]) -> None:
    """Refuse to place somebody on a line who lacks what whoever answers there must know."""
    if lacking := ", ".join(sorted(set(needed) - set(agent.skills))):
        raise ActRefused(
            f"They lack a skill that this line needs: {lacking}. Add it to what they know first.",
            f"Il leur manque une compétence\N{NO-BREAK SPACE}: {lacking}. Ajoutez-la d’abord à leur"
            " profil.",
        )

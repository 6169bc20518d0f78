"""Who may have software told, of what and where. The reasons are told as they stand."""

from collections.abc import Collection
from urllib.parse import urlsplit

from parvis.casework.keys.policies import are_colleagues, check_name
from parvis.casework.people.models import User
from parvis.casework.people.policies import SCOPES, Act, ActRefused, asks, check_may, relation_of
from parvis.casework.people.roles import Role
from parvis.casework.webhooks.status import TOLD_TO_SOFTWARE
from parvis.programs import loader

MOST = 10
LONGEST_URL = 500


def check_can_subscribe(owner: User, by: User | None) -> None:
    """Refuse staff, and subscribing for somebody else; `by` is None for the house itself."""
    if Role(owner.role) not in SCOPES:
        raise ActRefused(
            "Staff read files by themselves: webhooks are for software.",
            "Le personnel lit lui-même les dossiers : les webhooks servent aux logiciels.",
        )
    _check_looks_after(owner, by, colleagues=False)


def check_can_change(owner: User, by: User | None) -> None:
    """Refuse whoever neither has it, nor is of their firm, nor manages the department's."""
    _check_looks_after(owner, by, colleagues=True)


def _check_looks_after(owner: User, by: User | None, *, colleagues: bool) -> None:
    if by is None:
        return
    of_a_system = owner.role == Role.SYSTEM
    check_may(Act.MANAGE_KEYS if of_a_system else Act.MAKE_KEYS, relation_of(by))
    if of_a_system or owner.pk == by.pk or (colleagues and are_colleagues(owner, by)):
        return
    raise ActRefused("This is not yours.", "Cela ne vous appartient pas.")


def check_terms(
    name: str, url: str, kinds: Collection[str] | None, programs: Collection[str] | None
) -> None:
    """Refuse a name, an address, kinds and programs that cannot be."""
    check_name(name)
    check_url(url)
    if kinds is not None and (not kinds or not set(kinds) <= TOLD_TO_SOFTWARE):
        raise ActRefused(
            "Choose at least one kind of news, or all.",
            "Choisissez au moins une sorte de nouvelles, ou toutes.",
        )
    if programs is not None and (not programs or not set(programs) <= set(loader.all_programs())):
        raise ActRefused(
            "Choose at least one program, or all.",
            "Choisissez au moins un programme, ou tous.",
        )


def check_url(url: str) -> None:
    """Refuse what is no plain address of a server. Where it leads is asked when it is told."""
    try:
        parts = urlsplit(url)
        plain = bool(parts.hostname) and parts.port != 0
    except ValueError:
        plain = False
    if (
        not plain
        or len(url) > LONGEST_URL
        or not url.isascii()
        or not url.isprintable()
        or " " in url
        or parts.scheme not in ("https", "http")
        or parts.username is not None
        or parts.password is not None
        or parts.fragment
    ):
        raise ActRefused(
            "Give an address like https://example.org/hook, without a name or password in it.",
            "Donnez une adresse comme https://example.org/hook, sans nom ni mot de passe.",
        )


def check_not_too_many(count: int) -> None:
    """Refuse more subscriptions than anybody can look after."""
    if count >= MOST:
        raise ActRefused(
            f"There are {MOST} webhooks already. Stop one first.",
            f"Il y a déjà {MOST} webhooks. Arrêtez-en un d’abord.",
        )


can_subscribe = asks(check_can_subscribe)
can_change = asks(check_can_change)

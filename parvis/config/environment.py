"""What the environment tells the house, with types; what production lacks is said at once."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from parvis.lib.postgres import Cluster, default_home

_YEAR_S = 366 * 86_400
_WAITS_S = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds; some three days in all."""


@dataclass(frozen=True, kw_only=True)
class SignInService:
    """A service by which people sign in, as OpenID Connect describes it."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    """How its button calls it."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings that differ from one house to the next."""

    home: Path
    production: bool
    secret_key: str
    anchor_key: str
    database: dict[str, Any]
    allowed_hosts: list[str]
    trusted_origins: list[str]
    proxies: int
    clock: datetime | None
    contact: str
    """An address for whoever cannot use a page; empty where the department names none."""
    old_door: str
    """Where clients go to whom the new door is not open; empty where there is no other."""
    sender: str
    """From whom mail comes."""
    webhook_networks: list[IPv4Network | IPv6Network]
    """The department's own networks that webhooks may reach."""
    webhook_waits_s: tuple[float, ...]
    """After how long each what was not taken is sent again; then it is given up."""
    sign_in: SignInService | None
    """By which anybody outside may sign in; None where the department has none."""
    staff_sign_in: SignInService | None
    """By which staff sign in, and in production the only way in which they can."""


def read_environment() -> Environment:
    """Return the environment; raise `ImproperlyConfigured` naming every variable that lacks."""
    production = _flag("PARVIS_PRODUCTION")
    if production:
        needed = ("PARVIS_SECRET_KEY", "PARVIS_ANCHOR_KEY", "PARVIS_ALLOWED_HOSTS")
        missing = [name for name in needed if not os.environ.get(name)]
        if missing:
            raise ImproperlyConfigured(f"In production, set {', '.join(missing)}.")
    home = default_home()
    return Environment(
        home=home,
        production=production,
        secret_key=os.environ.get("PARVIS_SECRET_KEY") or _own_secret(home, "secret.key"),
        anchor_key=os.environ.get("PARVIS_ANCHOR_KEY") or _own_secret(home, "anchor.key"),
        database=_database(
            os.environ.get("DATABASE_URL") or Cluster(home).url,
            patience_s=_count("PARVIS_PATIENCE_S"),
            behind_wall=_flag("PARVIS_BEHIND_WALL"),
        ),
        allowed_hosts=_words("PARVIS_ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"],
        trusted_origins=_words("PARVIS_TRUSTED_ORIGINS"),
        proxies=_count("PARVIS_PROXIES"),
        clock=_moment("PARVIS_CLOCK"),
        contact=os.environ.get("PARVIS_CONTACT", ""),
        old_door=_web_address("PARVIS_OLD_DOOR"),
        sender=os.environ.get("PARVIS_SENDER", "") or "Parvis <no-reply@localhost>",
        webhook_networks=_networks("PARVIS_WEBHOOK_NETWORKS"),
        webhook_waits_s=_waits("PARVIS_WEBHOOK_WAITS_S"),
        sign_in=_service("PARVIS_OIDC", production=production),
        staff_sign_in=_service("PARVIS_STAFF_OIDC", production=production),
    )


def _service(prefix: str, *, production: bool) -> SignInService | None:
    """Return a sign-in service that is named whole, or None where nothing of it is named."""
    needed = {part: os.environ.get(f"{prefix}_{part}", "") for part in ("ISSUER", "ID", "SECRET")}
    if not any(needed.values()):
        return None
    if missing := [f"{prefix}_{part}" for part, value in needed.items() if not value]:
        raise ImproperlyConfigured(f"To sign in by {prefix}, set {', '.join(missing)}, too.")
    if production and not needed["ISSUER"].startswith("https://"):
        raise ImproperlyConfigured(f"In production, {prefix}_ISSUER begins with https://.")
    return SignInService(
        issuer=needed["ISSUER"],
        client_id=needed["ID"],
        client_secret=needed["SECRET"],
        name=os.environ.get(f"{prefix}_NAME", ""),
    )


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0").lower()
    if value not in {"0", "1", "false", "true", "no", "yes", ""}:
        raise ImproperlyConfigured(f"{name} is {value!r}; say 1 or 0.")
    return value in {"1", "true", "yes"}


def _count(name: str) -> int:
    value = os.environ.get(name, "0")
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}; say how many, for example 1.")
    return int(value)


def _words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def _waits(name: str) -> tuple[float, ...]:
    """Return how long is waited each time: three days in all where nothing else is said."""
    words = _words(name) or [
        "5",
        "300",
        "1800",
        "7200",
        "18000",
        "36000",
        "50400",
        "72000",
        "86400",
    ]
    try:
        waits = tuple(map(float, words))
    except ValueError:
        waits = ()
    if not waits or not all(0 < wait < _YEAR_S for wait in waits):
        raise ImproperlyConfigured(f"{name}: say seconds, for example 5,300,1800.")
    return waits


def _web_address(name: str) -> str:
    value = os.environ.get(name, "")
    if value and not value.startswith(("https://", "http://")):
        raise ImproperlyConfigured(f"{name} is {value!r}; say https://….")
    return value


def _networks(name: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(word) for word in _words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}; say 10.20.0.0/16, with commas.") from None


def _moment(name: str) -> datetime | None:
    value = os.environ.get(name)
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; say 2024-01-12T09:00:00-05:00.") from None
    if moment.tzinfo is None:
        raise ImproperlyConfigured(f"{name} is {value!r}, which lacks its offset from UTC.")
    return moment


def _database(url: str, *, patience_s: int, behind_wall: bool) -> dict[str, Any]:
    """Return Django's words for a PostgreSQL address."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        # What is wrong with it is not repeated: the words would hold its password.
        raise ImproperlyConfigured(
            "DATABASE_URL is not a PostgreSQL address; say postgresql://user@host/database."
        ) from None
    name = str(parts.pop("dbname", "parvis"))
    # Only a database of this name may be emptied (casework/events, migration 0001).
    if name.startswith("test_"):
        raise ImproperlyConfigured(f"A database named {name} is for tests alone; choose another.")
    options = [str(parts.get("options", ""))]
    if behind_wall:  # `parvis serve` sets it for its workers (casework/events/wall)
        # Named, so that whoever looks at the database's connections sees which have the wall.
        options.append("-c role=parvis_door -c application_name=parvis_door")
    if patience_s:  # how long a page waits for an answer; `parvis serve` sets it
        options.append(f"-c statement_timeout={patience_s}s")
    if any(options):
        parts["options"] = " ".join(options).strip()
    taken = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return {
        "ENGINE": "parvis.config.database",
        "NAME": name,
        **{theirs: str(parts.pop(ours, "")) for ours, theirs in taken.items()},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # The server plans a query that it sees often once for the whole connection.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2} | dict(parts),
    }


def _own_secret(home: Path, name: str) -> str:
    """Return a secret of this house, made on first use and readable by its owner only."""
    path = home / "secrets" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        # Written aside and linked, so that of two first commands both read the same whole secret.
        aside = path.with_name(f"{name}.{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(aside)
        aside.unlink()
    if not (secret := path.read_text().strip()):
        raise ImproperlyConfigured(f"{path} is empty; restore it, or delete it to have another.")
    return secret

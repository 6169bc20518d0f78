"""The demo's lines, among them three for crises, and the people who answer there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from parvis.casework.lines import services
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.jobs.demo.people import PASSWORD, SUPERVISOR
from parvis.lib.text import Text
from parvis.programs.support_lines.loader import model, terms_like

if TYPE_CHECKING:
    from parvis.casework.people.models import User

AGENT = "nora@example.org"
PARLIAMENTARY_AGENT = "paul@example.org"


@dataclass(frozen=True, slots=True)
class Crisis:
    """A crisis line of the demo: since when, how it is reached, and where its callers are."""

    code: str
    name: Text
    since: datetime
    phone: str
    shown_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hired:
    """An agent of the demo: what they speak and know, their own lines, who borrows them."""

    email: str
    languages: tuple[str, ...]
    own: tuple[str, ...] = ("general",)
    skills: tuple[str, ...] = ()
    lent: str | None = None


CRISES = (
    # When the first two opened is unverified; the third is in IRCC-2024-QP-00005.
    Crisis(
        "afghanistan",
        Text(en="Afghanistan crisis line", fr="Ligne de crise pour l’Afghanistan"),
        datetime(2021, 8, 16, 12, tzinfo=UTC),
        "+1 613 555 0102",
        ("Asia/Kabul",),
    ),
    Crisis(
        "ukraine",
        Text(en="Ukraine crisis line", fr="Ligne de crise pour l’Ukraine"),
        datetime(2022, 3, 3, 14, tzinfo=UTC),
        "+1 613 555 0103",
        ("Europe/Kyiv",),
    ),
    Crisis(
        "israel-west-bank-gaza",
        Text(
            en="Israel, the West Bank and Gaza crisis line",
            fr="Ligne de crise pour Israël, la Cisjordanie et Gaza",
        ),
        datetime(2023, 12, 21, 14, tzinfo=UTC),
        "+1 613 555 0104",
        ("Asia/Jerusalem", "Asia/Gaza"),
    ),
)
AGENTS = (
    Hired(AGENT, ("en", "fr")),
    Hired("oscar@example.org", ("en",)),
    Hired("odile@example.org", ("fr",)),
    Hired("amir@example.org", ("en", "fr"), lent="afghanistan"),
    Hired("olena@example.org", ("en", "fr", "uk"), own=("general", "ukraine")),
    Hired("lise@example.org", ("en", "fr"), lent="israel-west-bank-gaza"),
    Hired("sami@example.org", ("en", "fr", "ar"), lent="israel-west-bank-gaza"),
    Hired(PARLIAMENTARY_AGENT, ("en", "fr"), own=("parliamentary",), skills=("parliament",)),
)


def open_lines(*, began: datetime, now: datetime) -> int:
    """Open every line of the demo that there was by now, staffed; return how many facts it was."""
    supervisor = add_user(email=SUPERVISOR, password=PASSWORD, role=Role.SUPERVISOR, at=began)
    facts = len(services.open_shipped_lines(at=began))
    there = [one for one in CRISES if one.since <= now]
    for one in there:
        said = {
            "name": {"en": one.name.en, "fr": one.name.fr},
            "channels": {"email": f"{one.code}@example.org", "phone": one.phone},
            "shown_in": one.shown_in,
        }
        services.open_line(
            code=one.code,
            terms=terms_like(model("crisis"), said),
            like="crisis",
            by=supervisor,
            at=one.since,
        )
    since = {one.code: max(began, one.since) for one in there}
    placed = sum(_hire(one, since, supervisor, began) for one in AGENTS)
    return facts + len(there) + placed


def _hire(one: Hired, since: dict[str, datetime], by: "User", began: datetime) -> int:
    """Have an agent there, on each line that is; return how many places it was."""
    user = add_user(email=one.email, password=PASSWORD, role=Role.AGENT, at=began)
    services.describe_agent(user=user, languages=one.languages, skills=one.skills, by=by, at=began)
    since = {"general": began, "parliamentary": began} | since
    own = [code for code in one.own if code in since]
    for code in own:
        services.place_agent(line=code, user=user, by=by, at=since[code])
    if one.lent not in since:
        return len(own)
    services.lend_agent(line=one.lent, user=user, by=by, at=since[one.lent])
    return len(own) + 1

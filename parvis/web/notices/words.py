"""Words about notices: why a message came back, and where clocks are."""

from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from parvis.lib.text import Text

_WHY = (
    ("5.1", Text(en="There is no such address.", fr="Cette adresse n’existe pas.")),
    ("5.2.2", Text(en="The mailbox is full.", fr="La boîte de réception est pleine.")),
    ("5.2", Text(en="The mailbox is closed.", fr="La boîte de réception est fermée.")),
    ("5.4", Text(en="No server takes mail for it.", fr="Aucun serveur n’en reçoit le courrier.")),
    ("5.7", Text(en="The server refuses our mail.", fr="Le serveur refuse notre courrier.")),
    (
        "4.",
        Text(
            en="No server took it for five days.",
            fr="Aucun serveur ne l’a accepté pendant cinq jours.",
        ),
    ),
)
_CAME_BACK = Text(en="A message came back.", fr="Un message nous est revenu.")
ZONES = (
    "America/St_Johns",
    "America/Halifax",
    "America/Toronto",
    "America/Winnipeg",
    "America/Regina",
    "America/Edmonton",
    "America/Vancouver",
    "America/Whitehorse",
    "America/Mexico_City",
    "America/Bogota",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Paris",
    "Europe/Kyiv",
    "Africa/Casablanca",
    "Africa/Lagos",
    "Africa/Dakar",
    "Africa/Cairo",
    "Africa/Nairobi",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Asia/Tehran",
    "Asia/Dubai",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Ho_Chi_Minh",
    "Asia/Manila",
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""Clocks to choose from: Canada's, then those of where most clients live."""


def why(code: str) -> Text:
    """Return why a message came back, by the server's code (RFC 3463)."""
    return next((words for start, words in _WHY if code.startswith(start)), _CAME_BACK)


@cache
def zone_name(zone: str) -> Text:
    """Return how people call a clock: Halifax (Canada), say."""
    en, fr = (_named(zone, Locale.parse(one)) for one in ("en_CA", "fr_CA"))
    return Text(en=en, fr=fr)


def _named(zone: str, locale: Locale) -> str:
    city = get_timezone_location(zone, locale=locale, return_city=True)
    country = locale.territories.get(get_global("zone_territories").get(zone, ""))
    return f"{city} ({country})" if country else str(city)

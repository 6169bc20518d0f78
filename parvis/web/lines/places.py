"""Where a visitor may be: the zones of Canada, and those where a line's callers are besides."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from parvis.lib.text import Text
from parvis.programs.support_lines.schema import Terms
from parvis.web.lines.words import city_of


@dataclass(frozen=True, slots=True)
class Place:
    """A place, by its zone."""

    zone: ZoneInfo
    name: Text


CANADA = tuple(
    Place(ZoneInfo(zone), Text(en=en, fr=fr))
    for zone, en, fr in (
        ("America/St_Johns", "Newfoundland", "Terre-Neuve"),
        (
            "America/Halifax",
            "Maritimes, most of Labrador",
            "Maritimes, la plus grande partie du Labrador",
        ),
        ("America/Toronto", "Ontario, Quebec, eastern Nunavut", "Ontario, Québec, est du Nunavut"),
        ("America/Winnipeg", "Manitoba", "Manitoba"),
        ("America/Regina", "Saskatchewan", "Saskatchewan"),
        (
            "America/Edmonton",
            "Alberta, Northwest Territories",
            "Alberta, Territoires du Nord-Ouest",
        ),
        ("America/Whitehorse", "Yukon", "Yukon"),
        ("America/Vancouver", "British Columbia", "Colombie-Britannique"),
    )
)


def places_of(terms: Terms) -> tuple[Place, ...]:
    """Return where a line's visitors may be: its own places abroad first."""
    return (*(Place(zone, city_of(zone)) for zone in terms.shown_in), *CANADA)


def place_named(key: str, places: tuple[Place, ...]) -> Place | None:
    """Return the place that somebody chose; None where they chose none of these."""
    return next((one for one in places if one.zone.key == key), None)

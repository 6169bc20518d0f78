"""The form in which a line is opened or changed: what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from parvis.lib.text import LANGUAGES, Text
from parvis.programs.support_lines.calendars import calendars
from parvis.programs.support_lines.loader import terms_like
from parvis.programs.support_lines.schema import Manner, Terms
from parvis.programs.support_lines.spans import DAYS, days_of
from parvis.programs.support_lines.unfit import Unfit
from parvis.web.lines.places import CANADA
from parvis.web.lines.words import WEEKDAYS, zone_name

_LONGEST = 2_000
_SHORT = 300
_HUNDRED = 100
_PLAIN = (
    *("name_en", "name_fr", "email", "phone"),
    *("about_en", "about_fr", "script_en", "script_fr"),
    *("time_zone", "holidays", "languages", "shown_in", "skills", "topics"),
    *("head_start", "open_hours", "share"),
)
"""Fields of one value each, in the order of their sentences."""
_TEXTS = ("name", "about", "script")
_MISSING = Text(
    en="Write this in English and in French.", fr="Écrivez ceci en anglais et en français."
)
_NUMBER = Text(en="Write a number within its bounds.", fr="Écrivez un nombre dans les limites.")
_UNREAD = Text(
    en="This cannot be read. Write it as the example shows.",
    fr="Ceci ne peut être lu. Écrivez comme dans l’exemple.",
)
_AT = {
    "channels": "email",
    "head_start_minutes": "head_start",
    "targets": "open_hours",
    "": "email",
}
"""The field that a part of a line stands in, where it has another name."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sentence about a field, and where that is."""

    field: str
    id: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it stands."""

    name: str
    value: str
    error: Text | None


@dataclass(frozen=True, slots=True)
class DayField:
    """The hours of a day, as they were typed."""

    name: str
    day: Text
    value: str
    error: Text | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    code: str
    name: Text
    chosen: bool


class LineForm:
    """Reads what was typed of a line's terms; for the rest it is like its model."""

    def __init__(self, like: Manner, name: Text | None = None) -> None:
        self._like = like
        self.values = _told(like, name)
        self.week = dict.fromkeys(DAYS, "") | {
            day: ", ".join(spans) for names, spans in like.hours.items() for day in days_of(names)
        }
        self.web_form = like.channels.web_form
        self.wrongs: dict[str, Text] = {}

    def read(self, post: QueryDict) -> Terms | None:
        """Return the terms that a post says; None where something is wrong with them."""
        self.values = {name: post.get(name, "").strip()[:_LONGEST] for name in _PLAIN}
        self.week = {day: post.get(day, "").strip()[:_SHORT] for day in DAYS}
        self.web_form = post.get("web_form") == "yes"
        for name in _TEXTS:
            for language in LANGUAGES:
                if not self.values[f"{name}_{language}"]:
                    self.wrongs[f"{name}_{language}"] = _MISSING
        said = self._said()
        try:
            terms = terms_like(self._like, said)
        except ValidationError as refused:
            for error in refused.errors(include_url=False):
                self.wrongs.setdefault(_field_of(error["loc"]), _reason(error))
            return None
        return None if self.wrongs else terms

    def refuse(self, field: str, reason: Text) -> None:
        """Say what is wrong with a field."""
        self.wrongs[field] = reason

    def fields(self, **others: str) -> Mapping[str, Field]:
        """Return the fields as they stand, with others beside those of the terms."""
        values = self.values | others
        return {name: Field(name, one, self.wrongs.get(name)) for name, one in values.items()}

    def days(self) -> tuple[DayField, ...]:
        """Return the fields of the week."""
        return tuple(
            DayField(day, name, self.week[day], self.wrongs.get(day))
            for day, name in zip(DAYS, WEEKDAYS, strict=True)
        )

    def zones(self) -> tuple[Choice, ...]:
        """Return the zones that a line's clock can be of: those of Canada, and its own."""
        known = {place.zone.key: place.name for place in CANADA}
        own = self._like.time_zone
        known.setdefault(own.key, zone_name(own))
        chosen = self.values["time_zone"]
        return tuple(Choice(key, name, key == chosen) for key, name in known.items())

    def holidays(self) -> tuple[Choice, ...]:
        """Return the calendars that a line can keep, and none."""
        none = Text(en="None: open on holidays too", fr="Aucun : ouverte les jours fériés aussi")
        chosen = self.values["holidays"]
        known = ((code, one.name) for code, one in calendars().items())
        return tuple(Choice(code, name, code == chosen) for code, name in (("", none), *known))

    def listed(self, order: Sequence[str]) -> tuple[Wrong, ...]:
        """Return what is wrong, in the order of the page; with where each field is."""
        ordered = sorted(self.wrongs, key=lambda one: order.index(one) if one in order else -1)
        return tuple(Wrong(name, f"id_{name}", self.wrongs[name]) for name in ordered)

    def _said(self) -> dict[str, Any]:
        values = self.values
        # Typed in a post, a blank line parts what a comma would.
        said: dict[str, Any] = {
            name: {one: values[f"{name}_{one}"] or "-" for one in LANGUAGES} for name in _TEXTS
        }
        reached = {name: values[name] for name in ("email", "phone") if values[name]}
        return said | {
            "channels": {"web_form": self.web_form, **reached},
            "time_zone": values["time_zone"],
            "holidays": values["holidays"] or None,
            "hours": {day: parts_of(typed) for day, typed in self.week.items() if typed},
            "languages": list(dict.fromkeys([*LANGUAGES, *parts_of(values["languages"])])),
            **{name: parts_of(values[name]) for name in ("shown_in", "skills", "topics")},
            "head_start_minutes": _minutes(values["head_start"]),
            "targets": {
                "open_hours": _number(values["open_hours"]),
                "share": _number(values["share"], divided_by=_HUNDRED),
                "source": self._like.targets.source,
            },
        }


def _told(like: Manner, name: Text | None) -> dict[str, str]:
    """Return a line's terms as they would be typed."""
    others = [one for one in like.languages if one not in LANGUAGES]
    return {
        **{f"name_{one}": name[one] if name else "" for one in LANGUAGES},
        "email": like.channels.email or "" if name else "",
        "phone": like.channels.phone or "" if name else "",
        **{f"about_{one}": like.about[one] for one in LANGUAGES},
        **{f"script_{one}": like.script[one] for one in LANGUAGES},
        "time_zone": like.time_zone.key,
        "holidays": like.holidays or "",
        "languages": ", ".join(others),
        "shown_in": ", ".join(zone.key for zone in like.shown_in),
        "skills": ", ".join(like.skills),
        "topics": ", ".join(like.topics),
        "head_start": f"{like.head_start_minutes / 60:g}",
        "open_hours": f"{like.targets.open_hours:g}",
        "share": f"{like.targets.share * _HUNDRED:g}",
    }


def parts_of(typed: str) -> list[str]:
    """Return what was typed with commas, one by one."""
    return [one.strip() for one in typed.replace(";", ",").split(",") if one.strip()]


def _number(typed: str, divided_by: float = 1) -> float | str:
    try:
        return float(typed.replace(",", ".").removesuffix("%")) / divided_by
    except ValueError:
        return typed


def _minutes(typed: str) -> int | str:
    hours = _number(typed)
    return round(hours * 60) if isinstance(hours, float) and abs(hours) < _LONGEST else typed


def _field_of(place: tuple[int | str, ...]) -> str:
    """Return the field in which a part of a line is typed."""
    first, *rest = [str(one) for one in place] or [""]
    if first in ("channels", "hours", "targets") and rest and rest[0] != "source":
        return rest[0]
    if first in _TEXTS and rest:
        return f"{first}_{rest[0]}"
    return DAYS[0] if first == "hours" else _AT.get(first, first)


def _reason(error: Any) -> Text:
    """Return what pydantic refused, as a sentence of a page."""
    found = error.get("ctx", {}).get("error")
    if isinstance(found, Unfit):
        return Text(
            **{
                language: f"{found.reason[language][:1].upper()}{found.reason[language][1:]}."
                for language in LANGUAGES
            }
        )
    if "number" in str(error["msg"]) or "integer" in str(error["msg"]) or "than" in error["msg"]:
        return _NUMBER
    return _UNREAD

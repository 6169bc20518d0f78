"""What a line of the support centre is, with types; `loader` reads files and names mistakes."""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from parvis.engines.queueing.hours import Hours
from parvis.lib.text import LANGUAGES, Text
from parvis.programs.schema import CODE, Code, Flag, Source, Strict
from parvis.programs.support_lines.calendars import UnusualDay, Written, calendars
from parvis.programs.support_lines.spans import week_of
from parvis.programs.support_lines.unfit import Unfit

_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_PHONE = re.compile(r"\+[0-9][0-9 ().-]{6,22}[0-9]")
LANGUAGE = re.compile("[a-z]{2,3}")
"""The code of a language, as ISO 639 has it."""
_WEEK = 7 * 24 * 60


def _address(typed: str) -> str:
    address = typed.strip().lower()
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise Unfit(
            "this is no e-mail address; write one like line@example.org",
            "ce n’est pas une adresse de courriel ; écrivez par exemple ligne@example.org",
        )
    return address


def _phone(typed: str) -> str:
    number = " ".join(typed.split())
    if not _PHONE.fullmatch(number):
        raise Unfit(
            "write the number with its country code, like +1 613 555 0100",
            "écrivez le numéro avec l’indicatif du pays, par exemple +1 613 555 0100",
        )
    return number


def _languages(codes: tuple[str, ...]) -> tuple[str, ...]:
    if not set(LANGUAGES) <= set(codes):
        raise Unfit(
            "a line answers in English and in French, whatever else it speaks",
            "une ligne répond en anglais et en français, quelles que soient ses autres langues",
        )
    if wrong := [code for code in codes if not LANGUAGE.fullmatch(code)]:
        raise Unfit(
            f"{wrong[0]!r} is no code of a language; write one like uk or ar",
            f"« {wrong[0]} » n’est pas un code de langue ; écrivez par exemple uk ou ar",
        )
    return tuple(dict.fromkeys(codes))


def _codes(codes: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := [code for code in codes if not re.fullmatch(CODE, code)]:
        raise Unfit(
            f"{wrong[0]!r} is not a code; use lower-case letters, digits and hyphens",
            f"« {wrong[0]} » n’est pas un code ; utilisez des minuscules, des chiffres et des"
            " traits d’union",
        )
    return tuple(dict.fromkeys(codes))


def _week(written: dict[str, Written]) -> dict[str, Written]:
    if not any(week_of(written)):
        raise Unfit(
            "a line is open at some hours; write them as 06:30-19:00",
            "une ligne est ouverte à certaines heures ; écrivez par exemple 06:30-19:00",
        )
    return written


def _calendar(code: str | None) -> str | None:
    if code is not None and code not in calendars():
        raise Unfit(
            f"there is no calendar {code!r}; use {', '.join(calendars())} or none",
            f"il n’y a pas de calendrier « {code} » ; utilisez {', '.join(calendars())} ou aucun",
        )
    return code


Codes = Annotated[tuple[str, ...], AfterValidator(_codes)]


class Channels(Strict):
    """How a line is reached."""

    email: Annotated[str, AfterValidator(_address)] | None = None
    web_form: Flag = False
    phone: Annotated[str, AfterValidator(_phone)] | None = None

    @property
    def some(self) -> bool:
        """Whether there is any way to reach the line."""
        return bool(self.email or self.web_form or self.phone)


class Targets(Strict):
    """What a line promises: a share of all answered within so many of its open hours."""

    open_hours: Annotated[float, Field(gt=0, le=1_000)]
    share: Annotated[float, Field(gt=0, le=1)]
    source: Source


class Manner(Strict):
    """How lines work: what a template says, and a line says for itself."""

    about: Text
    """For its public page: whom it is for."""
    script: Text
    """What whoever answers says first."""
    channels: Channels = Channels()
    languages: Annotated[tuple[str, ...], AfterValidator(_languages)] = LANGUAGES
    time_zone: ZoneInfo
    hours: Annotated[dict[str, Written], AfterValidator(_week)]
    holidays: Annotated[str | None, AfterValidator(_calendar)] = None
    """The calendar whose days are closed; None for a line that is open on holidays too."""
    days: dict[date, UnusualDay] = {}
    """Its own days that are not as in any week; they stand above the calendar's."""
    shown_in: tuple[ZoneInfo, ...] = ()
    """Zones outside Canada where its callers are; its page tells its hours there, too."""
    head_start_minutes: Annotated[int, Field(ge=0, le=_WEEK)] = 0
    """By how much its promises count as given earlier than those of other lines."""
    skills: Codes = ()
    topics: Codes = ()
    targets: Targets
    source: Source
    note: str | None = None
    """For those who keep the file (an assumption, a doubt); never shown to a client."""

    @property
    def head_start(self) -> timedelta:
        """Return by how much its promises count as given earlier."""
        return timedelta(minutes=self.head_start_minutes)

    @property
    def within(self) -> timedelta:
        """Return the open time within which it promises an answer."""
        return timedelta(hours=self.targets.open_hours)

    def opening_hours(self) -> Hours:
        """Return its hours, with its holidays, as the engine counts with them."""
        calendar = calendars()[self.holidays] if self.holidays else None
        unusual = (calendar.days if calendar else {}) | self.days
        return Hours(
            zone=self.time_zone,
            week=week_of(self.hours),
            days=tuple((day, one.spans) for day, one in sorted(unusual.items())),
            known_until=calendar.last_day if calendar else None,
        )

    def unusual_days(self) -> dict[date, UnusualDay]:
        """Return the days that are not as in any week, the calendar's and its own."""
        calendar = calendars()[self.holidays].days if self.holidays else {}
        return dict(sorted((calendar | self.days).items()))


class Terms(Manner):
    """All that a line is but its code: kept with it, and in the log when it changes."""

    name: Text

    @model_validator(mode="after")
    def reachable(self) -> Self:
        """Refuse a line that nobody can reach."""
        if not self.channels.some:
            raise Unfit(
                "give at least one way to reach the line: e-mail, web form or phone",
                "donnez au moins une façon de joindre la ligne : courriel, formulaire Web ou"
                " téléphone",
            )
        return self

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return self.model_dump(mode="json", exclude_none=True)


class LineFile(Terms):
    """A line as its file says it."""

    code: Code

    @property
    def terms(self) -> Terms:
        """Return what the line is, without its code."""
        return Terms.model_validate(self.model_dump(mode="json", exclude={"code"}))


class Template(Manner):
    """What lines that are opened like it start from; it has no name of its own to give them."""

    code: Code

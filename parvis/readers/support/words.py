"""What channels, lines, topics and lengths of time are called."""

from collections.abc import Mapping

from parvis.casework.lines.selectors import lines
from parvis.lib.durations import grouped
from parvis.lib.text import Text
from parvis.programs.topics.loader import all_topics

UNKNOWN = Text(en="Not told", fr="Non précisé")
_CHANNELS = {
    "phone": Text(en="Telephone", fr="Téléphone"),
    "email": Text(en="E-mail", fr="Courriel"),
    "walk-in": Text(en="In person", fr="En personne"),
    "form": Text(en="Web form", fr="Formulaire Web"),
}
_LANGUAGES = {"en": Text(en="English", fr="Anglais"), "fr": Text(en="French", fr="Français")}
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_SPACE = "\N{NO-BREAK SPACE}"


def name_of_channel(code: str) -> Text:
    """Return what a channel is called; its code where we have no word for it."""
    return _CHANNELS.get(code) or _by_code(code)


def name_of_language(code: str) -> Text:
    """Return what a language is called."""
    return _LANGUAGES.get(code) or _by_code(code)


def names_of_lines() -> dict[str, Text]:
    """Return what the lines are called that there are or were, by code."""
    return {one.code: one.terms.name for one in lines()}


def name_of_line(code: str, names: Mapping[str, Text]) -> Text:
    """Return what a line is called; its code where a telephone system alone knows it."""
    return names.get(code) or _by_code(code)


def name_of_topic(code: str) -> Text:
    """Return what a topic is called."""
    known = all_topics().get(code)
    return known.name if known else _by_code(code)


def length(seconds: int | None) -> Text | None:
    """Return a length of time in the unit in which people say it: 40 s, 15 min, 3 h, 5 days."""
    if seconds is None:
        return None
    if seconds < 1.5 * _MINUTE_S:
        return _in(seconds, "s")
    if seconds < 1.5 * _HOUR_S:
        return _in(round(seconds / _MINUTE_S), "min")
    if seconds < 2 * _DAY_S:
        return _in(round(seconds / _HOUR_S), "h")
    days = grouped(round(seconds / _DAY_S))
    return Text(en=f"{days.en} days", fr=f"{days.fr}{_SPACE}jours")


def _by_code(code: str) -> Text:
    return Text(en=code, fr=code) if code else UNKNOWN


def _in(count: int, unit: str) -> Text:
    number = grouped(count)
    return Text(en=f"{number.en} {unit}", fr=f"{number.fr}{_SPACE}{unit}")

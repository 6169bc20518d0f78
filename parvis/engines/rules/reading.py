"""One answer as it was given, read as the kind that it must be."""

import re
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from parvis.engines.rules.kinds import Kind, Record, Sort, Value, written
from parvis.engines.rules.refusals import Refusal
from parvis.lib.dates import day_written
from parvis.lib.text import Text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T.{5,30})?")
"""A day, or a moment, which is on the day that its own clock shows."""
_LONGEST_LIST = 1_000
_SHOWN = 8
_ABSURD = Decimal(10) ** 15


class _Wrong(Exception):
    """A value cannot be read; `message` says what may stand there, `part` where within it."""

    def __init__(self, en: str, fr: str, part: str = "") -> None:
        super().__init__(en)
        self.message, self.part = Text(en, fr), part


def read_value(field: str, said: Any, kind: Kind, latest: date | None) -> Value | Refusal:
    """Read one answer; `latest` is the last day that a date may be, None for any."""
    try:
        return _read(said, kind, latest)
    except _Wrong as wrong:
        return Refusal(field + wrong.part, wrong.message)


def _read(said: Any, kind: Kind, latest: date | None) -> Value:
    if said is None:
        return None
    if kind.sort is Sort.YES_NO:
        if not isinstance(said, bool):
            raise _Wrong("Answer true or false.", "Répondez true (oui) ou false (non).")
        return said
    if kind.sort is Sort.CHOICE:
        return _choice(said, kind)
    if kind.sort is Sort.DATE:
        return _date(said, latest)
    if kind.sort is Sort.LIST:
        return _list(said, kind, latest)
    return _number(said, kind)


def _choice(said: Any, kind: Kind) -> str:
    if isinstance(said, str) and said in kind.options:
        return said
    if isinstance(said, str) and said.upper() in kind.former:
        name = kind.former[said.upper()]
        raise _Wrong(
            f"{name.en[:1].upper()}{name.en[1:]} no longer exists. "
            "Choose the country that gave you your passport.",
            f"{name.fr[:1].upper()}{name.fr[1:]}, cela n’existe plus. "
            "Choisissez le pays qui vous a donné votre passeport.",
        )
    if not isinstance(said, str):
        raise _Wrong(
            "One single choice should stand here, as text in quotes.",
            "Un seul choix doit figurer ici, en texte entre guillemets.",
        )
    close = get_close_matches(said, kind.options, n=3) or get_close_matches(
        said.lower().replace(" ", "_"), kind.options, n=3
    )
    some = close or list(kind.options)[:_SHOWN]
    more = "" if close or len(kind.options) <= _SHOWN else ", …"
    names = ", ".join(some) + more
    cut = said if len(said) <= 40 else f"{said[:40]}…"  # noqa: PLR2004 - as much as one line shows
    raise _Wrong(
        f"“{cut}” is not one of the choices. Choose one of these: {names}.",
        f"«\N{NO-BREAK SPACE}{cut}\N{NO-BREAK SPACE}» n’est pas un des choix. "
        f"Choisissez parmi\N{NO-BREAK SPACE}: {names}.",
    )


def _number(said: Any, kind: Kind) -> int | Decimal:
    if isinstance(said, bool) or not isinstance(said, int | float | Decimal):
        raise _Wrong(
            "A number should stand here, without quotes.",
            "Un nombre doit figurer ici, sans guillemets.",
        )
    found = said if isinstance(said, Decimal) else Decimal(str(said))
    if not found.is_finite() or abs(found) > _ABSURD:
        raise _Wrong("This is not a number that can be.", "Ce nombre est impossible.")
    low, high = kind.low, kind.high
    if (low is not None and found < low) or (high is not None and found > high):
        least, most = (_end(end, kind) for end in (low, high))
        if low is not None and high is not None:
            raise _Wrong(
                f"This cannot be. Give a number from {least.en} to {most.en}.",
                f"C’est impossible. Donnez un nombre de {least.fr} à {most.fr}.",
            )
        if low is not None:
            raise _Wrong(
                f"This cannot be. Give {least.en} or more.",
                f"C’est impossible. Donnez {least.fr} ou plus.",
            )
        raise _Wrong(
            f"This cannot be. Give {most.en} or less.",
            f"C’est impossible. Donnez {most.fr} ou moins.",
        )
    if kind.sort is Sort.WHOLE:
        if found != found.to_integral_value():
            raise _Wrong(
                "A whole number should stand here. Count full ones only.",
                "Un nombre entier doit figurer ici. Comptez seulement ce qui est complet.",
            )
        return int(found)
    if kind.step is not None and found % kind.step:
        step = _end(kind.step, kind)
        raise _Wrong(
            f"This cannot be. It goes in steps of {step.en}.",
            f"C’est impossible. Les valeurs vont par pas de {step.fr}.",
        )
    return found.normalize() if found else Decimal(0)


def _end(end: Decimal | None, kind: Kind) -> Text:
    return written(end, kind)


def _date(said: Any, latest: date | None) -> date:
    try:
        found = day_written(said if _DAY.fullmatch(str(said)) else "")
    except (TypeError, ValueError):
        raise _Wrong(
            "This is not a day. Write it as 2024-04-01.",
            "Ce n’est pas une date. Écrivez-la ainsi\N{NO-BREAK SPACE}: 2024-04-01.",
        ) from None
    if latest is not None and found > latest:
        end = written(latest, Kind(Sort.DATE))
        raise _Wrong(
            f"This day is still to come. Give one up to {end.en}.",
            f"Ce jour n’est pas encore venu. Donnez une date jusqu’au {end.fr}.",
        )
    return found


def _list(said: Any, kind: Kind, latest: date | None) -> tuple[Record, ...]:
    if not isinstance(said, list):
        raise _Wrong("A list should stand here.", "Une liste doit figurer ici.")
    if len(said) > _LONGEST_LIST:
        raise _Wrong(
            f"At most {_LONGEST_LIST:,} entries can stand here.",
            "Au plus 1\N{NARROW NO-BREAK SPACE}000 entrées peuvent figurer ici.",
        )
    return tuple(_record(one, kind, latest, place) for place, one in enumerate(said))


def _record(said: Any, kind: Kind, latest: date | None, place: int) -> Record:
    if not isinstance(said, dict):
        raise _Wrong(
            f"Each entry has {', '.join(kind.parts)}.",
            f"Chaque entrée a\N{NO-BREAK SPACE}: {', '.join(kind.parts)}.",
            f"[{place}]",
        )
    for key in said:
        if key not in kind.parts:
            raise _Wrong(*unknown_key(key, list(kind.parts)), f"[{place}].{key}")
    found = {}
    for part, of in kind.parts.items():
        try:
            found[part] = _read(said.get(part), of, latest)
        except _Wrong as wrong:
            wrong.part = f"[{place}].{part}{wrong.part}"
            raise
    return Record(found)


def unknown_key(key: str, known: list[str]) -> tuple[str, str]:
    """Say in both languages that a key is not known, with those that look like it."""
    close = " / ".join(get_close_matches(key, known, n=2))
    if close:
        return (
            f"Nothing here has this name. Did you mean {close}?",
            f"Rien ici ne porte ce nom. Vouliez-vous dire {close}?",
        )
    return (
        "Nothing here has this name. Remove it.",
        "Rien ici ne porte ce nom. Retirez-le.",
    )

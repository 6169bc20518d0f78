"""Answers as they are sent, read strictly: what cannot be is refused at its field."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from parvis.engines.rules.kinds import Kind, Sort, Value, written
from parvis.engines.rules.reading import read_value, unknown_key
from parvis.engines.rules.refusals import AnswersRefused, Refusal
from parvis.engines.rules.rules import Answers, Assessment, NoRulesYet, Rules
from parvis.lib.text import Text

LARGEST = 1_000_000
"""Bytes of one person's answers; more is not one."""
VERSION = "rules_version"
"""The key by which answers ask for the rules of another day: a day, or a name of its."""
_DEEPEST = 8
_MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers that can be, with the rules that they are to be asked by."""

    rules: Rules
    answers: Answers
    on: date


class NotJson(ValueError):
    """What was sent is not JSON of one meaning; `message` says where it stops being so."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.message = Text(en, fr)


def read_json(raw: bytes) -> Any:
    """Read JSON with every digit of its numbers; raise `NotJson` for all that has two readings."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_twice,
        )
    except UnicodeDecodeError:
        raise NotJson("This is not text in UTF-8.", "Ce n’est pas du texte en UTF-8.") from None
    except RecursionError:
        raise NotJson(
            "Parts are nested too deeply.", "Des parties sont imbriquées trop profondément."
        ) from None
    except json.JSONDecodeError as error:
        raise NotJson(
            f"This is not JSON: it breaks at line {error.lineno}, column {error.colno}.",
            f"Ce n’est pas du JSON\N{NO-BREAK SPACE}: "
            f"erreur à la ligne {error.lineno}, colonne {error.colno}.",
        ) from None
    except NotJson:
        raise
    except (ValueError, ArithmeticError):
        raise NotJson("A number is too long.", "Un nombre est trop long.") from None


def read_answers(assessment: Assessment, said: Any, *, today: date, on: date | None) -> Asked:
    """Read one person's answers: nested or with dots, of an assessment, on a day.

    `on` goes before the version that the answers name, and that before today. Raises
    `AnswersRefused` with every answer that cannot be.
    """
    if not isinstance(said, dict):
        raise AnswersRefused(
            [
                Refusal(
                    "",
                    Text(
                        "Answers are one object: names, and what was answered.",
                        "Les réponses forment un objet\N{NO-BREAK SPACE}: des noms, "
                        "et ce qui a été répondu.",
                    ),
                )
            ]
        )
    refusals: list[Refusal] = []
    day = _day(assessment, said.get(VERSION), today, on, refusals)
    rules = None
    try:
        rules = assessment.on(day)
    except NoRulesYet as error:
        refusals.append(Refusal(VERSION if on is None else "on", error.message))
    found: dict[str, Value] = {}
    if rules is not None:
        rest = {key: value for key, value in said.items() if key != VERSION}
        for field, value in _flat(rest, rules, "", refusals, 0):
            asked = rules.inputs[field]
            read = read_value(field, value, asked.kind, None if asked.future else day)
            if isinstance(read, Refusal):
                refusals.append(read)
            elif field in found:
                refusals.append(_twice(field))
            else:
                found[field] = read
        refusals += _instead(rules, found)
        try:
            rules = assessment.of(found, day)
        except NoRulesYet as error:
            refusals.append(Refusal(assessment.rules_of or "on", error.message))
    if refusals or rules is None:
        raise AnswersRefused(refusals[:_MOST_TOLD])
    return Asked(rules, found, day)


def _day(
    assessment: Assessment,
    version: Any,
    today: date,
    on: date | None,
    refusals: list[Refusal],
) -> date:
    day = today
    if version is not None:
        named = assessment.versions.get(version) if isinstance(version, str) else None
        read = named or read_value(VERSION, version, Kind(Sort.DATE), None)
        if isinstance(read, Refusal):
            names = ", ".join(assessment.versions)
            refusals.append(
                Refusal(
                    VERSION,
                    Text(
                        f"Give a day as 2024-04-01{f', or one of: {names}' if names else ''}.",
                        "Donnez une date comme 2024-04-01"
                        f"{', ou un de ces noms (' + names + ')' if names else ''}.",
                    ),
                )
            )
        elif isinstance(read, date):
            day = read
    day = on or day
    if day > today:
        end = written(today, Kind(Sort.DATE))
        refusals.append(
            Refusal(
                "on" if on else VERSION,
                Text(
                    f"The rules of days to come can still change. Choose a day up to {end.en}.",
                    "Les règles des jours à venir peuvent encore changer. "
                    f"Choisissez une date jusqu’au {end.fr}.",
                ),
            )
        )
        return today
    return day


def _flat(
    said: dict[str, Any], rules: Rules, lead: str, refusals: list[Refusal], depth: int
) -> Iterator[tuple[str, Any]]:
    """Yield each answer under its whole name; refuse what has none."""
    for key, value in said.items():
        name = lead + key
        if name in rules.inputs:
            yield name, value
            continue
        inside = f"{name}."
        if not any(one.startswith(inside) for one in rules.inputs):
            known = [one.removeprefix(lead) for one in rules.inputs if one.startswith(lead)]
            firsts = list(dict.fromkeys(one.partition(".")[0] for one in known))
            refusals.append(Refusal(name[:80], Text(*unknown_key(key[:80], firsts))))
        elif isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, rules, inside, refusals, depth + 1)
        elif value is not None:
            parts = ", ".join(
                dict.fromkeys(
                    one.removeprefix(inside).partition(".")[0]
                    for one in rules.inputs
                    if one.startswith(inside)
                )
            )
            refusals.append(
                Refusal(
                    name,
                    Text(
                        f"An object should stand here, with {parts}.",
                        f"Un objet doit figurer ici, avec {parts}.",
                    ),
                )
            )


def _instead(rules: Rules, found: Answers) -> Iterator[Refusal]:
    """Refuse what is said twice, once in each of two ways."""
    for name in found:
        asked = rules.inputs[name]
        other = asked.instead_of
        if other and found.get(name) is not None and found.get(other) is not None:
            label = rules.inputs[other].label
            yield Refusal(
                name,
                Text(
                    f"You also gave {label.en}. Give one of the two.",
                    f"Vous avez aussi donné {label.fr}. Donnez l’un des deux.",
                ),
            )


def _twice(field: str) -> Refusal:
    return Refusal(
        field, Text("This is answered twice. Keep one.", "Il y a deux réponses. Gardez-en une.")
    )


def _no_constant(word: str) -> Any:
    raise NotJson(f"{word} is not a number.", f"{word} n’est pas un nombre.")


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotJson(
            f"“{twice[:40]}” stands twice in one object; keep one.",
            f"«\N{NO-BREAK SPACE}{twice[:40]}\N{NO-BREAK SPACE}» figure deux fois "
            "dans un objet; gardez-en un.",
        )
    return found

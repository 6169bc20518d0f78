"""All that is held on a file as data: in one language for the API, in both to take along."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import orjson

from parvis.casework.events.facts import Fact, Unknown
from parvis.lib.telling import AS_JSON, Teller
from parvis.lib.text import Language, Text
from parvis.readers.held.file import Held
from parvis.readers.held.members import FORMAT
from parvis.readers.held.page import HeldPage, LooksPage
from parvis.readers.tracker import plain

_NO_DIGEST_AFTER = Text(
    en="No digest is given from the first withheld entry on: by it, one could guess the entry.",
    fr="Aucune empreinte n’est donnée à partir de la première inscription retenue, car elle"
    " permettrait de la deviner.",
)
_ALL_DIGESTS = Text(
    en="Each digest covers its entry and the digest before it.",
    fr="Chaque empreinte couvre son inscription et l’empreinte précédente.",
)


def as_data(page: HeldPage | LooksPage, language: Language) -> dict[str, Any]:
    """Return the page as JSON can hold it, in one language."""
    return {"language": language, **plain(page, language)}


def as_json(held: Held, digests: Sequence[bytes]) -> bytes:
    """Return the whole file as JSON in both languages, each fact with its digest in the chain."""
    page = held.page
    told: dict[str, Any] = {"format": FORMAT, **_BOTH.tell(page, "en")}
    # The accesses are a table of their own, which has them all.
    del told["looks"]
    first_gap = _first_gap({one.recorded.seq for one in held.told})
    for one, entry in zip(held.told, told["entries"], strict=True):
        entry["data"] = _payload(one.recorded.fact)
        seq = one.recorded.seq
        given = seq < first_gap and seq <= len(digests)
        entry["digest"] = digests[seq - 1].hex() if given else None
    told["chain"] = {
        "algorithm": "SHA-256",
        "note": _BOTH.tell(_NO_DIGEST_AFTER if page.withheld else _ALL_DIGESTS, "en"),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def _first_gap(told: set[int]) -> int:
    """Return the number of the first fact that is not told."""
    seq = 1
    while seq in told:
        seq += 1
    return seq


def _payload(fact: Fact) -> dict[str, Any]:
    """Return what a fact holds, its references and codes, as the log has them."""
    if isinstance(fact, Unknown):
        return {}
    given = {field.name: getattr(fact, field.name) for field in fields(fact)}
    kept: dict[str, Any] = orjson.loads(
        orjson.dumps({name: value for name, value in given.items() if value is not None})
    )
    return kept


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "fr": text.fr}


_BOTH = Teller(lambda language: {**AS_JSON, Text: _both}, many=list)

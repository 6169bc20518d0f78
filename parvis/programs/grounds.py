"""On what ground an entry may be kept from its client: sections of two acts, as sourced data."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from parvis.lib.text import Text
from parvis.programs.schema import Code, Flag, Source, Strict

NOT_REVIEWED = "not-reviewed"
"""The ground of what nobody has named one for: no section is claimed where none was decided on."""
_DATA = Path(__file__).parent / "data" / "_grounds.yaml"


class Sources(Strict):
    """Where the section stands, in each language."""

    en: Source
    fr: Source


class Ground(Strict):
    """Why something is withheld, or, where it is a `right`, by what its client may ask for it."""

    name: Text
    means: Text
    privacy_act: str
    access_to_information_act: str
    source: Sources
    right: Flag = False


@cache
def grounds() -> dict[str, Ground]:
    """Return every ground by its code."""
    return TypeAdapter(dict[Code, Ground]).validate_python(yaml.safe_load(_DATA.read_text()))

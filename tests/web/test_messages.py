"""Every word of a page is in the French catalogue: none missing, none fuzzy, none left over."""

import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from tests.web.messages import WEB, messages

FOLDER = WEB / "locale" / "fr" / "LC_MESSAGES"


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="fr")


def test_the_catalogue_has_what_the_pages_say_and_nothing_else(catalogue: Catalog) -> None:
    assert {entry.id for entry in catalogue if entry.id} == messages()


def test_nothing_is_untranslated_or_fuzzy(catalogue: Catalog) -> None:
    assert [entry.id for entry in catalogue if entry.id and not entry.string] == []
    assert [entry.id for entry in catalogue if entry.id and entry.fuzzy] == []
    assert catalogue.obsolete == {}


def test_translations_name_the_same_values(catalogue: Catalog) -> None:
    def named(text: str) -> set[str]:
        return {part.split(")")[0] for part in text.split("%(")[1:]}

    for entry in catalogue:
        assert named(str(entry.id)) == named(str(entry.string))


def test_french_keeps_its_spaces(catalogue: Catalog) -> None:
    """Before : ; ? ! and inside « » stands a space at which no line breaks."""
    missing = re.compile(r"[\w)»][?!;]|[\w)»]:(?=\s|$)| [?!:;»]|«[^\xa0]|[^\xa0]»")
    said = [str(one.string) for one in catalogue if one.id]
    assert [one for one in said if missing.search(one)] == []


def test_the_compiled_catalogue_is_this_one(catalogue: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    with (FOLDER / "django.mo").open("rb") as file:
        kept = {entry.id: entry.string for entry in read_mo(file) if entry.id}
    assert kept == {entry.id: entry.string for entry in read_mo(compiled) if entry.id}


def test_the_extraction_sees_templates_and_modules() -> None:
    assert {"Sign in", "This e-mail address and password do not go together."} <= messages()

"""What the pages of self-assessment say of their own reads at grade 8 or lower."""

import re
from collections.abc import Iterator, Mapping

import pytest
from babel.messages.pofile import read_po

from parvis.lib.text import Text
from parvis.web.assessing import words
from tests.reading import HARDEST_GRADE, LEAST_EASE, english_grade, french_ease
from tests.web.messages import WEB, messages

FEWEST = 5
"""Words: of fewer the formulas say nothing, as “Continue” alone would be of grade 20."""


def of_templates() -> Iterator[Text]:
    with (WEB / "locale" / "fr" / "LC_MESSAGES" / "django.po").open("rb") as file:
        french = read_po(file, locale="fr")
    for said in sorted(messages(WEB / "assessing", WEB / "templates" / "assessing")):
        message = french.get(said)
        assert message is not None
        yield Text(said, str(message.string))


def of_words(said: object) -> Iterator[Text]:
    if isinstance(said, Text):
        yield said
    elif isinstance(said, Mapping | tuple):
        for one in said.values() if isinstance(said, Mapping) else said:
            yield from of_words(one)


def with_values(text: str) -> str:
    return re.sub(r"%\([a-z]+\)s", "9", text)


SAID = [
    *of_templates(),
    *(text for said in vars(words).values() for text in of_words(said)),
    *(words.progress(3, more) for more in range(3)),
    *(words.still(number) for number in (1, 5)),
    words.shares(3, 2, 1),
]


def test_there_is_something_to_read() -> None:
    assert len(SAID) > 80


@pytest.mark.parametrize("text", SAID, ids=[one.en[:40] for one in SAID])
def test_a_sentence_reads_at_grade_8_or_lower(text: Text) -> None:
    en, fr = with_values(text.en), with_values(text.fr)
    if len(en.split()) >= FEWEST:
        assert english_grade(en) <= HARDEST_GRADE
    if len(fr.split()) >= FEWEST:
        assert french_ease(fr) >= LEAST_EASE

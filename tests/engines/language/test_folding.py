"""What is new in a mail is told from what it quotes, in both languages; no line is ever lost."""

from collections import Counter
from itertools import chain
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.engines.language.folding import Folded, fold

MAILS = yaml.safe_load((Path(__file__).parent / "mails.yaml").read_text("utf-8"))
LONG = 400_000


def seen(text: str) -> list[str]:
    """Return the lines of a text that are not blank."""
    blank = " \t\r\f\v\ufeff\u200b\xa0\u202f"
    return [line.rstrip() for line in text.split("\n") if line.strip(blank)]


def written(mail: dict[str, str], part: str) -> str:
    """Return a part of a mail of the corpus as it came."""
    return mail.get(part, "").replace("⍽", "\xa0")


def test_the_corpus_has_forty_mails_at_least_each_under_its_own_name() -> None:
    assert len(MAILS) >= 40
    assert len({mail["name"] for mail in MAILS}) == len(MAILS)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["unix", "mail", "old"])
@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail["name"])
def test_a_mail_is_folded(mail: dict[str, str], ends: str) -> None:
    text = written(mail, "text")
    found = fold(text.replace("\n", ends))
    assert found.said.split("\n") == written(mail, "said").rstrip("\n").split("\n")
    assert seen(found.signature) == seen(written(mail, "signature"))
    assert Counter(chain.from_iterable(map(seen, found))) == Counter(seen(text))


LINES = st.sampled_from(
    [
        *("", " ", "Hello", "Bonjour", "> quoted", ">> deeper", "-- ", "--", "De : Centre"),
        *("Envoyé : 3 janvier", "À : moi", "Objet : dossier", "From: Support", "Sent: today"),
        *("On Jan 3, 2024, at 10:22 AM, Support <a@example.org> wrote:", "Le 3 janvier", "On"),
        *("support@example.org> a écrit :", "a écrit :", "-----Message d'origine-----"),
        *("Begin forwarded message:", "Envoyé de mon iPhone", "________________________"),
        *("AVIS DE CONFIDENTIALITÉ : secret", "<https://example.org>", ">>> NOW <<<", "\xa0"),
    ]
)


@given(st.lists(LINES, max_size=30))
@settings(max_examples=400, deadline=None)
def test_each_line_is_in_one_part_in_its_order(lines: list[str]) -> None:
    found = fold("\n".join(lines))
    assert Counter(chain.from_iterable(map(seen, found))) == Counter(seen("\n".join(lines)))
    for part in found:
        order = iter(seen("\n".join(lines)))
        assert all(line in order for line in seen(part))


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_folded(text: str) -> None:
    found = fold(text)
    assert isinstance(found, Folded)
    assert sum(len(part.split()) for part in found) == len(text.split())


def test_answers_to_five_thousand_nested_quotes_are_kept() -> None:
    deep = "\n".join(f"{'>' * depth} level {depth}\nanswer {depth}" for depth in range(1, 5_001))
    began = process_time()
    found = fold(deep)
    assert process_time() - began < 5
    assert found.said.split("\n\n") == [f"answer {depth}" for depth in range(1, 5_001)]


MALICE = {
    "one line": "a",
    "quotes": "> ",
    "only marks": ">",
    "empty lines": "\n",
    "headers that never end": "De : x\n",
    "headers in turn": "Objet : x\nCc : y\nDe : z\n",
    "attributions that never end": "On 10:22 a@example.org\n",
    "attributions in one line": "Le 3 janvier a écrit ",
    "addresses": "a@a@a.a",
    "rules": "____________\n",
    "dashes": "--\n",
    "telephones": "Envoyé de mon iPhone\n",
    "telephones in one line": "Sent from ",
    "disclaimers": "Ce message est confidentiel\n\n",
    "disclaimers in one line": "this message ",
    "colons": "a\nb:\n> c\n",
    "spaces": " ",
    "spaces that do not break": "\xa0",
    "returns": "\r",
}


@pytest.mark.parametrize("what", MALICE)
def test_time_grows_with_the_length_and_no_faster(what: str) -> None:
    """Ten times the length takes some ten times the time; a square would take a hundred."""

    def seconds(size: int) -> float:
        text = "Bonjour\n" + MALICE[what] * (size // len(MALICE[what]))
        began = process_time()
        fold(text)
        return process_time() - began

    short = min(seconds(LONG // 10) for _ in range(3))
    assert seconds(LONG) < 40 * short + 0.2

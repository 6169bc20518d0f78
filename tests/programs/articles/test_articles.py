"""Articles are data: in both languages, with an owner and a review, or they say why not."""

import re
from datetime import date
from pathlib import Path

import pytest

from parvis.lib.text import LANGUAGES
from parvis.programs.articles import loader
from parvis.programs.articles.blanks import OF_THE_FILE, Blank, blanks, filled, paragraphs
from parvis.programs.articles.finding import fitting, found
from parvis.programs.articles.loader import (
    SHIPPED,
    all_articles,
    checked_article,
    load_article,
    twice,
)
from parvis.programs.mistakes import ProgramRefused
from parvis.programs.topics.loader import all_topics

GOOD = """\
code: parking
title: {en: Where to park, fr: Où se garer}
topics: [appointment]
owner:
  unit: {en: Buildings unit, fr: Unité des immeubles}
  mailbox: buildings@example.org
reviewed_on: 2024-01-15
review_by: 2025-01-15
text: {en: Say where., fr: Dites où.}
facts:
  - says: {en: Parking is free., fr: Le stationnement est gratuit.}
    source: unverified
reply:
  en: >-
    Park behind the house. Your number is {enquiry}.

    Your application is {application}.
  fr: >-
    Garez-vous derrière l’immeuble. Votre numéro est {enquiry}.

    Votre demande est la {application}.
"""

WRONG: dict[str, tuple[str, str, int, str, str]] = {
    # what: (the good part, the bad part, line, field, message)
    "a title in one language": (", fr: Où se garer", "", 2, "title.fr", "both languages"),
    "a text in one language": (", fr: Dites où.", "", 9, "text.fr", "both languages"),
    "a reply in one language": (
        GOOD[GOOD.index("  fr: >-"):], "", 13, "reply.fr", "both languages",
    ),
    "an empty reply": (GOOD[GOOD.index("    Garez"):], "", 13, "reply", "'fr' is empty"),
    "an unknown blank": ("Votre numéro est {enquiry}", "Vous êtes {name}", 13, "reply",
        "{name} is no blank; there are {enquiry}, {line}"),
    "a blank that looks inside": ("is {enquiry}", "is {enquiry.__class__}", 13, "reply",
        "is no blank"),
    "a blank with a format": ("is {enquiry}", "is {enquiry:>999999999}", 13, "reply",
        "is no blank"),
    "a lonely brace": ("Park behind", "Park {behind", 13, "reply", "a brace stands alone"),
    "a blank in one language": ("Votre numéro est {enquiry}.", "Merci.", 13, "reply",
        "{enquiry} stands in one language only"),
    "nothing for whoever is not known": (
        "est {enquiry}.", "est {enquiry} ({application}).", 13, "reply",
        "every paragraph speaks of the file",
    ),
    "no owner": (GOOD[GOOD.index("owner"):GOOD.index("reviewed")], "", 1, "owner", "add it"),
    "an owner in one language": (", fr: Unité des immeubles", "", 5, "owner.unit.fr", "both"),
    "a mailbox that is none": ("buildings@example.org", "Jane Doe", 6, "owner.mailbox",
        "not a mailbox"),
    "no review": ("review_by: 2025-01-15\n", "", 1, "review_by", "missing; add it"),
    "a review that is no date": ("2025-01-15", "soon", 8, "review_by", "not a date"),
    "a review before the last": ("review_by: 2025", "review_by: 2024", 1, "", "not after"),
    "no topic": ("[appointment]", "[]", 3, "topics", "at least 1"),
    "a fact without a source": ("    source: unverified\n", "", 11, "facts.1.source", "add it"),
    "an unknown key": ("facts:", "fact:", 10, "fact", "did you mean facts?"),
    "a title as long as a text": ("Where to park", "P" * 121, 2, "title", "make it shorter"),
    "a key twice": ("code: parking", "code: a\ncode: b", 2, "", "stands here twice"),
}  # fmt: skip


def written(folder: Path, content: str = GOOD, name: str = "parking") -> Path:
    """Return a file with this content."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(content, "utf-8")
    return path


def test_the_good_file_of_these_tests_is_good(tmp_path: Path) -> None:
    one = checked_article(written(tmp_path))
    assert one.owner.unit.fr == "Unité des immeubles"
    assert one.facts[0].unverified
    assert not one.is_past_review(date(2025, 1, 15))
    assert one.is_past_review(date(2025, 1, 16))


def test_the_article_that_the_manual_shows_holds(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "articles.md").read_text("utf-8")
    shown = manual.partition("```yaml\n")[2].partition("```")[0]
    one = checked_article(written(tmp_path, shown))
    assert one.reply
    assert {f"{{{blank}}}" for blank in Blank} <= set(re.findall(r"{\w+}", manual))


@pytest.mark.parametrize("what", WRONG)
def test_a_mistake_is_told_with_its_line_and_field(what: str, tmp_path: Path) -> None:
    good, bad, line, field, message = WRONG[what]
    changed = GOOD.replace(good, bad)
    if what == "nothing for whoever is not known":
        changed = changed.replace("is {enquiry}.", "is {enquiry} ({application}).")
    assert changed != GOOD
    path = written(tmp_path, changed)
    with pytest.raises(ProgramRefused) as caught:
        load_article(path)
    told = [one for one in caught.value.errors if one.field == field]
    assert told, caught.value.errors
    assert (told[0].file, told[0].line) == (path, line)
    assert message in told[0].message


def test_a_topic_that_there_is_not_is_a_mistake_of_its_file(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("[appointment]", "[status, appointments]"))
    assert load_article(path).topics == ("status", "appointments")
    with pytest.raises(ProgramRefused) as caught:
        checked_article(path)
    [mistake] = caught.value.errors
    assert (mistake.line, mistake.field) == (3, "topics.2")
    assert "did you mean appointment?" in mistake.message


def test_each_topic_that_comes_with_parvis_has_an_article_and_a_reply() -> None:
    shipped = [load_article(path) for path in sorted(SHIPPED.glob("*.yaml"))]
    assert {code for one in shipped if one.reply for code in one.topics} == set(all_topics())
    for one in shipped:
        assert (SHIPPED / f"{one.code}.yaml").is_file()
        assert checked_article(SHIPPED / f"{one.code}.yaml") == one
        assert one.owner.mailbox
        assert one.owner.mailbox.endswith("@example.org")


def test_what_comes_with_parvis_says_the_same_in_both_languages() -> None:
    """As many paragraphs, and the spaces that French wants."""
    missing = re.compile(r"[\w)»][?!;](?=\s|$)|[\w)»}]:(?=\s|$)| [?!:;»]|«[^\xa0]|[^\xa0]»")
    for code, one in all_articles().items():
        texts = [one.title, one.text, *(fact.says for fact in one.facts)]
        for text in [*texts, *([one.reply] if one.reply else [])]:
            counted = {language: len(paragraphs(text[language])) for language in LANGUAGES}
            assert len(set(counted.values())) == 1, (code, counted)
            assert missing.search(text.fr) is None, (code, missing.search(text.fr))
            assert "'" not in text.en + text.fr, code


def test_sentences_are_short_enough_to_be_read_at_once() -> None:
    """Fifteen words are aimed at; no reply that comes with Parvis has a sentence of thirty."""
    for code, one in all_articles().items():
        for language in LANGUAGES:
            said = [] if one.reply is None else re.split(r"[.:;?!]\s|\n", one.reply[language])
            words = [len(sentence.split()) for sentence in said]
            assert max(words, default=0) <= 30, (code, language, said[words.index(max(words))])
            assert sum(words) / len(words) <= 15, (code, language)


def test_what_may_not_be_filled_is_left_out_by_the_paragraph(tmp_path: Path) -> None:
    reply = load_article(written(tmp_path)).reply
    assert reply is not None
    told = {Blank.ENQUIRY: "E0000000042"}
    assert filled(reply.en, told) == ("Park behind the house. Your number is E0000000042.", True)
    whole, in_part = filled(reply.en, {**told, Blank.APPLICATION: "P01 {line}"})
    # What is filled in is no reply: braces in it are nothing but braces.
    assert whole.endswith("\n\nYour application is P01 {line}.")
    assert not in_part


def test_each_reply_says_something_to_whoever_is_not_known() -> None:
    known = {one: "x" for one in Blank if one not in OF_THE_FILE}
    for one in all_articles().values():
        for language in LANGUAGES:
            assert one.reply
            assert len(filled(one.reply[language], known)[0]) > 100
            assert set(blanks(one.reply[language])) <= set(Blank)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where a house keeps its own."""
    monkeypatch.setattr(loader, "default_home", lambda: tmp_path)
    return tmp_path / "articles"


def test_the_house_s_own_articles_stand_on_top(house: Path) -> None:
    assert "parking" not in all_articles()
    path = written(house)
    written(house, GOOD.replace("code: parking", "code: status"), "ours")
    known = all_articles()
    assert (known["parking"].title.en, known["status"].title.en) == ("Where to park",) * 2
    assert list(known)[:2] == ["parking", "status"]  # their reviews were due first
    path.unlink()
    assert "parking" not in all_articles()


def test_a_file_that_does_not_load_spares_the_others(
    house: Path, caplog: pytest.LogCaptureFixture
) -> None:
    written(house)
    written(house, GOOD.replace(", fr: Dites où.", "").replace("code: parking", "code: fees"), "a")
    written(house, "\tnothing", "b")
    (house / "c.yaml").write_bytes(b"code: \xff\n")
    (house / "d.yaml").symlink_to(house / "nowhere.yaml")
    (house / "e.yaml").mkdir()
    known = all_articles()
    assert "parking" in known
    assert "fees" not in known
    assert len(known) == 25
    assert "a.yaml:9: text.fr: missing" in caplog.text
    for name in ("b", "c", "d", "e"):
        assert f"{name}.yaml" in caplog.text


def test_a_broken_file_of_a_shipped_code_leaves_the_shipped_one(house: Path) -> None:
    before = all_articles()["status"]
    written(house, "code: status\n", "status")
    assert all_articles()["status"] == before


def test_two_files_of_one_code_are_a_mistake(tmp_path: Path) -> None:
    paths = [written(tmp_path, name=name) for name in ("a", "b")]
    [mistake] = twice([(path, load_article(path)) for path in paths])
    assert str(mistake) == f"{paths[1]}:1: code: a.yaml has the code 'parking' too; keep one"


def test_articles_of_a_topic_are_found_by_it() -> None:
    assert [one.code for one in fitting(all_articles().values(), "refusal")] == ["refusal"]
    assert fitting(all_articles().values(), "") == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("passport", "passport-request"),
        ("PASSEPORT", "passport-request"),
        ("fingerprints", "biometrics"),
        ("empreintes digitales", "biometrics"),
        ("prolongation séjour", "extension"),
        ("prolongation sejour", "extension"),
        ("IMM 5476", "representative"),
        ("imm5009 nothing", None),
        ("fede court", "refusal"),
    ],
)
def test_words_of_either_language_find(words: str, first: str | None) -> None:
    codes = [one.code for one in found(all_articles().values(), words)]
    assert (codes[0] if codes else None) == first


def test_what_fits_the_topic_comes_first_and_no_word_finds_all() -> None:
    articles = all_articles().values()
    codes = [one.code for one in found(articles, "passport", "biometrics")]
    assert codes[:2] == ["biometrics", "passport-request"]
    assert len(found(articles, "  ")) == len(articles)
    assert found(articles, "x" * 10_000) == []

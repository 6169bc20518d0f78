"""Replies and articles for whoever answers: what fits first, nothing typed lost, nothing told."""

import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client as Browser

from parvis.casework.enquiries import services
from parvis.casework.enquiries.models import Conversation, Message
from parvis.casework.enquiries.services import LONGEST
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from parvis.lib import clock
from parvis.lib.references import enquiry_number
from parvis.lib.text import LANGUAGES, Language
from parvis.programs.articles import loader
from parvis.programs.articles.loader import all_articles
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.casework.lines.opening import staff
from tests.filing import ASK, OPEN, client, filed
from tests.programs.articles.test_articles import GOOD, written

pytestmark = pytest.mark.django_db
WHERE: dict[Language, str] = {"en": "Where is my file?", "fr": "Où en est mon dossier ?"}
GOODBYE: dict[Language, str] = {"en": "\n\nThe support centre", "fr": "\n\nLe centre de soutien"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where this house keeps its own articles."""
    monkeypatch.setattr(loader, "default_home", lambda: tmp_path)
    monkeypatch.setattr(clock, "now", lambda: AT)
    open_lines()
    return tmp_path / "articles"


@pytest.fixture
def nora() -> User:
    """Return an agent."""
    return at_work()


def signed_in(user: User) -> Browser:
    """Return the browser of somebody who is signed in."""
    browser = Browser()
    browser.force_login(user)
    return browser


def in_hand(user: User, text: str = WHERE["en"], **said: str) -> Conversation:
    """Return an enquiry that an agent has."""
    came(mail(text, **said))
    return given(user)


def redrawn(
    user: User, one: Conversation, page: Language = "en", **form: str
) -> tuple[int, str, str]:
    """Post the answer so far; return the status, the page and what is in the answer now."""
    where = f"/{page}/support/enquiries/{enquiry_number(one.pk)}/"
    answer = signed_in(user).post(where, form)
    drawn = answer.content.decode()
    inside = re.search(r'<textarea id="words"[^>]*>(.*?)</textarea>', drawn, re.DOTALL)
    return answer.status_code, drawn, html.unescape(inside[1]) if inside else ""


def seen(user: User, path: str) -> HttpResponse:
    """Return a page as somebody sees it."""
    return signed_in(user).get(path)


def titles(drawn: str) -> list[str]:
    """Return the titles of what the desk offers, in order."""
    return [html.unescape(found) for found in re.findall(r"<h4>(.*?)</h4>", drawn)]


@pytest.mark.parametrize("page", LANGUAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fits_the_topic_comes_first_with_its_reply_in_their_language(
    nora: User, page: Language, language: Language
) -> None:
    one = in_hand(nora, WHERE[language])
    assert (one.topic, one.language) == ("status", language)
    drawn = seen(nora, f"/{page}/support/enquiries/{enquiry_number(one.pk)}/").content.decode()
    assert titles(drawn) == [all_articles()["status"].title[page]]
    reply = re.search(r'<p class="said reply" lang="(..)">(.*?)</p>', drawn, re.DOTALL)
    assert reply
    assert reply[1] == language
    starts = {"en": "Your page says where", "fr": "Votre page dit où"}
    assert reply[2].startswith(starts[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_goes_after_what_was_typed_and_nothing_is_lost(
    nora: User, language: Language
) -> None:
    one = in_hand(nora, WHERE[language])
    typed = "Dear Ada,\r\n\r\n  two spaces & an é\r\nand an end  "
    status, drawn, words = redrawn(nora, one, words=typed, reply="biometrics")
    assert status == 200
    kept = typed.replace("\r\n", "\n")
    assert words.startswith(f"{kept}\n\n")
    starts = {"en": "Wait for our letter", "fr": "Attendez notre lettre"}
    assert words.removeprefix(f"{kept}\n\n").startswith(starts[language])
    assert 'id="words-put"' in drawn
    assert not Message.objects.filter(writing="out").exists()

    # Another goes after the first, and sending sends what stands there then.
    _, _, twice = redrawn(nora, one, words=words, reply="refusal")
    assert twice.startswith(words)
    services.answer(conversation=one.pk, words=f"{twice} Edited.", by=nora, at=AT)
    assert Message.objects.get(writing="out").said == f"{twice} Edited."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_alone_is_a_letter_and_one_after_a_draft_stands_before_its_goodbye(
    nora: User, language: Language
) -> None:
    one = in_hand(nora, WHERE[language])
    _, _, alone = redrawn(nora, one, words=" \r\n", reply="complaint")
    hello = {"en": "Hello,\n\nThank you", "fr": "Bonjour,\n\nMerci"}
    assert alone.startswith(hello[language])
    assert alone.endswith(GOODBYE[language])
    _, _, after = redrawn(nora, one, words=alone, reply="refusal")
    assert after.startswith(alone.removesuffix(GOODBYE[language]))
    assert after.endswith(GOODBYE[language])
    assert after.count(GOODBYE[language]) == 1


def test_a_reply_is_put_in_by_its_number_and_line_of_which_anybody_may_know(
    nora: User, house: Path
) -> None:
    number = "on the {line}, by {enquiry}. See {account} {form} {find} {times}"
    written(
        house,
        GOOD.replace("Park behind the house. Your number is {enquiry}.", number).replace(
            "Garez-vous derrière l’immeuble. Votre numéro est {enquiry}.", number
        ),
    )
    one = in_hand(nora)
    _, _, words = redrawn(nora, one, words="Hi", reply="parking")
    assert f"on the Client Support Centre, by {enquiry_number(one.pk)}. See http" in words
    assert "{" not in words
    assert [part.rpartition("/en/")[2] for part in words.split()[-4:]] == [
        *("applications/", "enquiries/new/", "find/", "processing-times/"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_file_is_said_until_it_is_known_who_asks(
    nora: User, language: Language
) -> None:
    _, known = client("ada@example.net")
    file = filed(OPEN, ASK, client=known)
    # The address is a client's and anybody may have written from it.
    one = in_hand(nora, WHERE[language])
    _, drawn, words = redrawn(nora, one, words="", reply="status")
    assert file.number not in drawn
    assert len(words.split("\n\n")) == 4
    part = {"en": "without what it says of the application", "fr": "sans ce qu’elle dit du dossier"}
    assert part["en"] in drawn
    assert part["fr"] in redrawn(nora, one, "fr", words="", reply="status")[1]

    services.link(conversation=one.pk, number=file.number, by=nora, at=AT)
    _, drawn, words = redrawn(nora, one, words="", reply="status")
    assert file.number in words
    assert {"en": "within 60 days", "fr": "en 60 jours"}[language] in words
    assert {"en": "(Study permit)", "fr": "(Permis d’études)"}[language] in words
    assert "Ada" not in words
    assert part["en"] not in drawn


def test_words_find_among_all_and_those_of_the_topic_stay_first(nora: User) -> None:
    one = in_hand(nora)
    status, drawn, words = redrawn(nora, one, words="So far.", look="yes", find=" passport ")
    assert (status, words) == (200, "So far.")
    assert titles(drawn)[:2] == ["Telling where a file is", "When we ask for the passport"]
    assert 'value="passport"' in drawn
    _, drawn, _ = redrawn(nora, one, "fr", words="", look="yes", find="PASSEPORT")
    assert titles(drawn)[1] == "Quand nous demandons le passeport"
    # What leads away from an answer that somebody types is no link.
    assert "https://www.globalvisafirm.com/" in drawn
    assert 'href="https://' not in drawn
    _, drawn, _ = redrawn(nora, one, words="", look="yes", find="")
    assert len(titles(drawn)) == 11  # that of the topic, and the first ten of the others
    assert "Others found: 23." in drawn
    _, drawn, _ = redrawn(nora, one, words="", look="yes", find=f"{SCRIPT} nothing has these")
    assert "Others found: 0." in drawn
    assert SCRIPT not in drawn


def test_without_a_topic_none_is_first_and_that_is_said(nora: User) -> None:
    one = in_hand(nora, "Hello", subject="")
    assert one.topic == ""
    drawn = redrawn(nora, one, words="")[1]
    assert titles(drawn) == []
    assert "None belongs to this topic." in drawn


def test_a_reply_that_is_no_more_or_too_long_changes_nothing_typed(nora: User, house: Path) -> None:
    one = in_hand(nora)
    written(house, GOOD[: GOOD.index("reply:")])
    for code in ("gone", "parking", "", "../status"):
        status, drawn, words = redrawn(nora, one, words="So far.", reply=code)
        assert (status, words) == (422, "So far.")
        assert "This reply is no longer there." in drawn
    long = "x" * (LONGEST - 10)
    status, drawn, words = redrawn(nora, one, words=long, reply="status")
    assert (status, words) == (422, long)
    assert "would be longer than 20,000 letters" in drawn


def test_whoever_has_it_no_more_is_told_and_sees_what_they_typed(nora: User) -> None:
    one = in_hand(nora)
    services.give_back(conversation=one.pk, by=nora, at=AT)
    typed = f"A long answer {SCRIPT}"
    for form in ({"reply": "status"}, {"look": "yes", "find": "visa"}):
        status, drawn, words = redrawn(nora, one, words=typed, **form)
        assert (status, words) == (422, "")
        assert "What you typed is below." in drawn
        assert "<h3>What you typed</h3>" in drawn
        assert html.escape(typed) in drawn
        assert SCRIPT not in drawn
    where = f"/en/support/enquiries/{enquiry_number(one.pk)}/answer/"
    answer = signed_in(nora).post(where, {"words": "My own words"})
    assert (answer.status_code, b"My own words" in answer.content) == (422, True)


@pytest.mark.parametrize("page", LANGUAGES)
def test_what_is_past_its_review_says_so_with_its_owner(
    nora: User, house: Path, page: Language
) -> None:
    owner = GOOD.replace("[appointment]", "[status]").replace("2025-01-15", "2024-03-05")
    written(house, owner)
    one = in_hand(nora)
    desk = redrawn(nora, one, page, words="")[1]
    assert titles(desk) == [all_articles()[code].title[page] for code in ("status", "parking")]
    alone = seen(nora, f"/{page}/support/articles/parking/").content.decode()
    all_ = seen(nora, f"/{page}/support/articles/").content.decode()
    said = {
        "en": ("Its review was due on 5 March 2024.", "Buildings unit", "Past their review"),
        "fr": ("due le 5 mars 2024.", "Unité des immeubles", "À réviser sans tarder"),
    }[page]
    for drawn in (desk, alone, all_):
        assert said[0] in drawn
        assert said[1] in drawn
        assert "mailto:buildings@example.org" in drawn
    assert all_.index(said[2]) < all_.index("/articles/parking/") < all_.index("/articles/crisis/")
    assert 'class="overdue"' not in seen(nora, f"/{page}/support/articles/crisis/").content.decode()


def test_on_its_last_day_a_review_is_not_overdue(
    nora: User, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(house)
    # At 03:00 in UTC it is still the 15th where the department is.
    late = datetime(2025, 1, 16, 3, tzinfo=UTC)
    for moment, said in ((late, False), (late + timedelta(hours=3), True)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert (b"overdue" in seen(nora, "/en/support/articles/").content) is said


def test_what_an_article_says_is_words_and_nothing_else(nora: User, house: Path) -> None:
    bad = GOOD.replace("[appointment]", "[status]")
    for part in ("Where to park", "Say where.", "Parking is free.", "Buildings unit"):
        bad = bad.replace(part, f"'{SCRIPT}'")
    bad = bad.replace("unverified", f'"{SCRIPT} javascript:alert(1)"')
    bad = bad.replace("Park behind", f"{SCRIPT} Park behind")
    written(house, bad)
    one = in_hand(nora)
    put, drawn, words = redrawn(nora, one, words="", reply="parking")
    assert (put, SCRIPT in words) == (200, True)
    pages = [drawn, *(seen(nora, f"/en/support/articles/{path}").content.decode()
                      for path in ("", "parking/"))]  # fmt: skip
    for page in pages:
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
        assert 'href="javascript' not in page


def test_a_broken_file_of_the_house_takes_no_page_away(nora: User, house: Path) -> None:
    one = in_hand(nora)
    written(house, "code: status\ntitle: {en: Half}\n", "status")
    written(house, "\tnothing at all", "worse")
    written(house)
    assert titles(redrawn(nora, one, words="")[1]) == ["Telling where a file is"]
    all_ = seen(nora, "/en/support/articles/").content.decode()
    assert "/articles/parking/" in all_
    assert all_.count("/en/support/articles/") == 25


@pytest.mark.parametrize("page", LANGUAGES)
def test_all_articles_are_listed_and_found_by_words_in_the_address(
    nora: User, page: Language
) -> None:
    all_ = seen(nora, f"/{page}/support/articles/").content.decode()
    found = re.findall(rf'href="/{page}/support/articles/([a-z-]+)/"', all_)
    assert found == list(all_articles())
    some = seen(nora, f"/{page}/support/articles/?find=empreintes").content.decode()
    assert re.findall(r"/support/articles/([a-z-]+)/", some) == ["biometrics"]
    none = seen(nora, f"/{page}/support/articles/?find={SCRIPT}xyz").content.decode()
    said = {"en": "No article has all these words", "fr": "Aucun article ne contient"}
    assert said[page] in none
    assert SCRIPT not in none


@pytest.mark.parametrize("page", LANGUAGES)
def test_an_article_has_its_facts_with_their_sources(nora: User, page: Language) -> None:
    drawn = seen(nora, f"/{page}/support/articles/fees-refund/").content.decode()
    assert 'href="https://www.canada.ca/en/immigration-refugees-citizenship/' in drawn
    said = {"en": "Unverified: no source of the department’s own", "fr": "aucune source du Ministère"}
    assert drawn.count(said[page]) == 1
    assert "{enquiry}" in drawn
    assert seen(nora, f"/{page}/support/articles/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(role, 200 if role in {Role.AGENT, Role.SUPERVISOR} else 404) for role in Role],
)
def test_agents_and_supervisors_read_them_and_nobody_else(role: Role, status: int) -> None:
    somebody = staff("somebody", role)
    for path in ("", "status/"):
        assert seen(somebody, f"/en/support/articles/{path}").status_code == status
        assert Browser().get(f"/en/support/articles/{path}").status_code == 302

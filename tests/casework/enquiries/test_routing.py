"""Which line answers: what was asked, what it is about, and for whom a line is."""

from itertools import count

import pytest

from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.models import Conversation
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.recognising import recognised
from parvis.casework.enquiries.status import Channel
from parvis.casework.lines.selectors import line
from parvis.casework.people.models import User
from parvis.casework.people.roles import Role
from tests.casework.enquiries.asking import AT, came, mail, open_lines
from tests.casework.lines.opening import opened, staff
from tests.filing import client

pytestmark = pytest.mark.django_db
SAID = {
    "en": "I write from the constituency office of a Member of Parliament about a constituent",
    "fr": "Le bureau du député vous écrit au sujet d’un électeur de la circonscription",
}
WAYS = {
    "the topic": {"topic": "parliamentary"},
    "the line": {"line": "parliamentary"},
    "both": {"topic": "parliamentary", "line": "parliamentary"},
    "their words": {},
}

_FORMS = count()


@pytest.fixture(autouse=True)
def _lines() -> None:
    open_lines()


def ada() -> User:
    return client("ada@example.net")[0]


def sent(by: User | None, said: str = SAID["en"], **told: str) -> Conversation:
    asked = Asked(channel=Channel.FORM, address="mp@example.net", subject="", said=said, **told)  # type: ignore[arg-type]
    return ask(asked=asked, form=f"f{next(_FORMS)}", by=by, at=AT).conversation


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_the_words_of_these_tests_are_those_of_an_office(said: str) -> None:
    assert recognised(said).topic == "parliamentary"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_an_office_that_is_signed_in_has_its_line(way: str, said: str) -> None:
    found = sent(staff("office", Role.PARLIAMENT), said, **WAYS[way])
    assert (found.line, found.topic) == ("parliamentary", "parliamentary")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["nobody", "a client", "an agent"])
def test_nobody_else_comes_before_others_by_it(way: str, who: str) -> None:
    by = {"nobody": lambda: None, "a client": ada, "an agent": lambda: staff("nora")}[who]()
    plain, found = came(mail()), sent(by, **WAYS[way])
    assert found.line == "general"
    assert found.comes_at == plain.comes_at


def test_mail_goes_to_the_line_by_its_own_address_alone() -> None:
    terms = line("parliamentary").terms
    assert came(mail(SAID["en"], vouched=True)).line == "general"
    assert came(mail("Hello", to=(terms.channels.email,))).line == "parliamentary"


def test_a_line_that_is_for_everybody_is_asked_by_whoever_chose_it() -> None:
    opened("ukraine", channels={"web_form": True})
    assert sent(None, line="ukraine").line == "ukraine"
    assert sent(ada(), "Where is my file?", line="no-such-line").line == "general"

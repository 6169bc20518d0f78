"""A fact is told once, to the right people, in their language, in few messages."""

from datetime import date, time, timedelta

import pytest
from django.db import connection

from parvis.casework.applications import services
from parvis.casework.applications.facts import DateGiven
from parvis.casework.applications.giving import give_dates
from parvis.casework.events import log
from parvis.casework.notices.facts import MessageSent
from parvis.casework.notices.models import Message, Notice
from parvis.casework.notices.news import NOTE
from parvis.casework.notices.noting import note
from parvis.casework.notices.reminding import remind
from parvis.casework.notices.sending import send_all
from parvis.casework.notices.services import Choice, choose_ways
from parvis.casework.notices.status import Wish
from parvis.casework.notices.wording import sentences
from parvis.casework.people.models import Client, User
from parvis.casework.people.services import choose_language
from parvis.programs import loader
from parvis.programs.vocabulary import NoticeKind, Outcome
from tests.casework.notices.telling import DAY, HOUR, MINUTE, NOON, House
from tests.filing import RECEIVED, client
from tests.working import waiting, work

QUIET = Choice(Wish.EMAIL, "", None, "")


def ask(house: House, file: object, due_on: date | None = date(2024, 3, 1)) -> None:
    services.ask_client(
        application=file,
        document="police-certificate",
        section="background",
        due_on=due_on,
        by="test",
        at=house.now,
    )


def test_a_request_is_told_at_once_with_its_day_and_nothing_personal(house: House) -> None:
    user, file = house.file_of()
    ask(house, file)
    work()
    [letter] = house.mail.letters
    assert letter.address == user.email
    assert (
        "We need something from you by 1\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2024."
        in letter.text
    )
    for personal in ("Ada", file.number, "study", "police", user.email):
        assert personal not in letter.text + letter.html + letter.subject
    assert f"/en/messages/{letter.name}/" in letter.text


def test_what_was_sent_is_a_fact_on_the_client(house: House) -> None:
    user, file = house.file_of()
    ask(house, file)
    work()
    client = Client.objects.get(user=user)
    [sent] = [one for one in log.history(client.pk) if isinstance(one.fact, MessageSent)]
    assert (sent.fact.kinds, sent.fact.applications) == (("request",), (file.pk,))
    assert (sent.fact.language, sent.fact.way, sent.by) == ("en", "email", "notices")
    assert Message.objects.get().recorded


def test_a_fact_is_told_once_however_often_it_is_noted(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    seq = len(log.history(file.pk))
    note([(file.pk, seq), (file.pk, seq)], at=house.now)
    work(ahead=True)
    assert len(house.mail.letters) == Notice.objects.count() == 1


def test_many_facts_within_an_hour_are_one_message(house: House) -> None:
    _, file = house.file_of()
    for section in ("eligibility", "medical", "background", "biometrics"):
        services.open_section(application=file, section=section, by="test", at=house.now)
        services.complete_section(application=file, section=section, by="test", at=house.now)
        house.now += 5 * MINUTE
        work()
    assert house.mail.letters == []
    house.now += HOUR
    work(ahead=True)
    send_all(urgent=False, now=lambda: house.now)
    [letter] = house.mail.letters
    assert letter.text.count("We finished one part of our review.") == 1
    assert Notice.objects.exclude(message=None).count() == 4


def test_two_urgent_ones_are_minutes_apart_and_what_waits_goes_along(house: House) -> None:
    _, file = house.file_of()
    services.open_section(application=file, section="medical", by="test", at=house.now)
    services.complete_section(application=file, section="medical", by="test", at=house.now)
    ask(house, file)
    work()
    [letter] = house.mail.letters
    assert "- We need something" in letter.text
    assert "- We finished one part" in letter.text
    services.decide(application=file, outcome=Outcome.APPROVED, by="test", at=house.now)
    work()
    assert len(house.mail.letters) == 1
    house.now += 10 * MINUTE
    send_all(urgent=True, now=lambda: house.now)
    assert "We made a decision." in house.mail.letters[1].text


def test_it_is_told_in_the_language_of_the_client(house: House) -> None:
    user, file = house.file_of()
    choose_language(user=user, language="fr", by=user.ref, at=house.now)
    ask(house, file)
    work()
    [letter] = house.mail.letters
    assert letter.subject == "Du nouveau pour vous"
    assert "au plus tard le 1er\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2024." in letter.text
    assert f"/fr/messages/{letter.name}/" in letter.html
    assert '<html lang="fr">' in letter.html


def test_nobody_is_told_who_cannot_sign_in_to_read_it(house: House) -> None:
    services.receive(program="study-permit", client=None, office=None, by="test", at=house.now)
    work(ahead=True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("most_on", "worked", "kind"),
    [
        (date(2024, 7, 1), False, NoticeKind.DATE_LATER),
        (date(2024, 5, 1), False, NoticeKind.DATE_SOONER),
        (date(2024, 7, 1), True, NoticeKind.DATE_WORKED_ON),
    ],
)
def test_a_promise_that_changed_is_told_with_why(
    house: House, most_on: date, worked: bool, kind: NoticeKind
) -> None:
    _, file = house.file_of()

    def give(on: date) -> None:
        fact = DateGiven(
            half_on=date(2024, 4, 1), most_on=on, dots=tuple(range(20)), reached=9, decided=8
        )
        give_dates(dates={file.pk: fact}, by="estimates", at=house.now)

    give(date(2024, 6, 1))
    work(ahead=True)
    assert not Notice.objects.exists()
    house.now += HOUR
    if worked:
        services.open_section(application=file, section="medical", by="test", at=house.now)
    give(most_on)
    work()
    [notice] = Notice.objects.order_by("id")
    assert notice.kind == kind
    assert "because" in sentences([notice], "en")[0]
    assert "car" in sentences([notice], "fr")[0]


def test_a_client_is_reminded_twice_before_the_last_day_and_not_after_answering(
    house: House,
) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    said = []
    for days in range(60):
        house.now = NOON + days * DAY
        remind(at=house.now)
        if Notice.objects.filter(kind=NoticeKind.REMINDER).count() > len(said):
            said.append(house.now.date())
    assert said == [date(2024, 2, 16), date(2024, 2, 27)]


def test_whoever_answered_is_not_reminded(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    house.now += DAY
    services.receive_answer(
        application=file, document="police-certificate", by="test", at=house.now
    )
    remind(at=RECEIVED + 36 * DAY)
    assert not Notice.objects.filter(kind=NoticeKind.REMINDER).exists()


def test_a_reminder_that_waited_is_not_sent_once_the_client_has_answered(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    house.now = RECEIVED + 36 * DAY
    remind(at=house.now)
    services.receive_answer(
        application=file, document="police-certificate", by="test", at=house.now
    )
    house.now += 2 * HOUR
    send_all(urgent=False, now=lambda: house.now)
    assert len(house.mail.letters) == 1
    assert Notice.objects.get(kind=NoticeKind.REMINDER).untold


def test_a_reminder_is_sent_while_the_client_has_not_answered(house: House) -> None:
    _, file = house.file_of()
    ask(house, file)
    work()
    house.now = RECEIVED + 36 * DAY
    remind(at=house.now)
    house.now += 2 * HOUR
    send_all(urgent=False, now=lambda: house.now)
    assert len(house.mail.letters) == 2


def test_nobody_is_told_whose_account_was_closed_meanwhile(house: House) -> None:
    user, file = house.file_of()
    services.decide(application=file, outcome=Outcome.APPROVED, by="test", at=house.now)
    User.objects.filter(pk=user.pk).update(is_active=False)
    work(ahead=True)
    assert house.mail.letters == []
    assert Notice.objects.get().untold


def test_a_program_without_words_holds_up_no_other_and_is_told_once_it_has_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody took its file away, or broke it, while the house was at work."""
    all_of_them = loader.all_programs()
    _, file = house.file_of()
    _, subject = client("zoe@example.org")
    other = services.receive(
        program="work-permit", client=subject, office=None, by="test", at=RECEIVED
    )
    told = []
    for one in (file, other):
        ask(house, one)
        told.append((one.pk, len(log.history(one.pk))))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    without = {code: one for code, one in all_of_them.items() if code != "work-permit"}
    monkeypatch.setattr(loader, "all_programs", lambda: without)
    assert note(told, at=house.now) == 1
    [(_, _, left)] = waiting(NOTE)
    assert left == {"facts": [list(told[1])]}
    house.now += 36 * DAY
    remind(at=house.now)
    assert not Notice.objects.filter(program="work-permit").exists()
    # In time it is still news; later it is not.
    assert note(told[1:], at=house.now) == 0
    assert len(waiting(NOTE)) == 1
    monkeypatch.setattr(loader, "all_programs", lambda: all_of_them)
    assert note([(subject, seq) for subject, seq in left["facts"]], at=house.now) == 1


def test_quiet_hours_are_kept_by_the_clients_own_clock(house: House) -> None:
    user, file = house.file_of()
    # Noon in Toronto is nine in Vancouver.
    choice = Choice(Wish.EMAIL, "", (time(22), time(9, 30)), "America/Vancouver")
    choose_ways(user=user, choice=choice, by=user.ref, at=house.now)
    ask(house, file)
    work()
    assert house.mail.letters == []
    house.now += timedelta(minutes=29)
    send_all(urgent=True, now=lambda: house.now)
    assert house.mail.letters == []
    house.now += MINUTE
    send_all(urgent=True, now=lambda: house.now)
    assert len(house.mail.letters) == 1


def test_texts_go_by_day_where_somebody_wants_texts(house: House) -> None:
    user, file = house.file_of()
    house.prove_number(user, wish=Wish.TEXT)
    ask(house, file)
    work()
    [text] = house.texts.letters
    assert (text.address, text.html) == ("+16135550123", "")
    assert text.text.startswith("There is news for you. Sign in: http")


def test_who_wants_no_notices_has_those_of_the_law_alone(house: House) -> None:
    user, file = house.file_of()
    choose_ways(user=user, choice=Choice(Wish.NONE, "", None, ""), by=user.ref, at=house.now)
    services.open_section(application=file, section="medical", by="test", at=house.now)
    services.complete_section(application=file, section="medical", by="test", at=house.now)
    work()
    house.now += 2 * HOUR
    work(ahead=True)
    assert house.mail.letters == []
    assert Notice.objects.filter(untold=True).count() == 1
    services.decide(application=file, outcome=Outcome.REFUSED, by="test", at=house.now)
    work()
    [letter] = house.mail.letters
    assert "We made a decision." in letter.text
    assert "refus" not in letter.text.lower()

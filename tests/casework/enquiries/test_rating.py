"""Whether an answer helped is asked once, of people who can answer, and said once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from parvis.casework.enquiries import facts, services
from parvis.casework.enquiries.asking import ask
from parvis.casework.enquiries.models import Conversation, Message, Rating
from parvis.casework.enquiries.opening import Asked
from parvis.casework.enquiries.rated import question, words_said
from parvis.casework.enquiries.rating import (
    LONGEST,
    MISSED_AFTER,
    OPEN_FOR,
    RESTS_FOR,
    SELDOM,
    ask_all,
    rate,
)
from parvis.casework.enquiries.references import link_to_rating
from parvis.casework.enquiries.status import Channel, Score, Sender, Status, Writing
from parvis.casework.events import log
from parvis.casework.events.wall import ASKER
from parvis.casework.notices.models import Preference
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.roles import Role
from parvis.casework.people.services import add_user
from parvis.lib.references import enquiry_number
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.enquiries.asking import AT, at_work, came, given, mail, open_lines
from tests.filing import PASSWORD, RECEIVED, client
from tests.working import waiting

pytestmark = pytest.mark.django_db
LATER = AT + RESTS_FOR
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _lines() -> None:
    open_lines()


@pytest.fixture
def nora() -> User:
    return at_work()


def answered(nora: User, at: datetime = AT, **said: object) -> Conversation:
    """Return an enquiry that was answered, and whose answer a server took."""
    came(mail(**said), at=at)
    row = services.answer(conversation=given(nora, at).pk, words="Soon.", by=nora, at=at)
    Message.objects.filter(conversation=row, writing=Writing.OUT).update(sent_at=at, try_at=None)
    return row


def asked(nora: User) -> tuple[Conversation, str]:
    """Return an enquiry of which it was asked whether that helped, and the sealed link's end."""
    row = answered(nora)
    assert ask_all(at=LATER) == 1
    return row, sealed(row)


def sealed(row: Conversation) -> str:
    """Return what seals the link that is in the mail."""
    return link_to_rating(Rating.objects.get(conversation=row).key, "en").split("/")[-2]


def last(row: Conversation) -> object:
    return log.history(row.pk)[-1].fact


def test_it_is_asked_once_some_days_after_the_answer_and_sent(nora: User) -> None:
    row = answered(nora)
    assert ask_all(at=LATER - timedelta(seconds=1)) == 0
    assert ask_all(at=LATER) == 1
    assert ask_all(at=LATER + SELDOM) == 0
    message = Message.objects.get(writing=Writing.ASK)
    assert (message.conversation_id, message.said, message.try_at) == (row.pk, "", LATER)
    assert last(row) == facts.RatingAsked(message=message.pk)
    assert len(waiting(services.SEND)) == 2
    row.refresh_from_db()
    assert row.status == Status.ANSWERED


def test_what_an_agent_closed_after_an_answer_has_ended_too_and_what_ended_long_ago_is_left(
    nora: User,
) -> None:
    row = answered(nora)
    came(mail("Thank you!", subject=f"Re: [{enquiry_number(row.pk)}]"))
    services.close(conversation=given(nora).pk, by=nora, at=AT)
    row.refresh_from_db()
    assert row.status == Status.CLOSED
    assert ask_all(at=AT + MISSED_AFTER) == 0
    assert ask_all(at=AT + MISSED_AFTER - timedelta(seconds=1)) == 1


def test_what_was_closed_without_an_answer_is_not_asked_about(nora: User) -> None:
    came(mail())
    services.close(conversation=given(nora).pk, by=nora, at=AT)
    assert ask_all(at=LATER) == 0


def test_what_opened_again_is_asked_about_when_it_ends_and_never_twice(nora: User) -> None:
    row = answered(nora)
    came(mail("And now?", subject=enquiry_number(row.pk)), at=AT + DAY)
    assert ask_all(at=LATER) == 0
    services.answer(conversation=given(nora, AT + DAY).pk, words="Now.", by=nora, at=AT + DAY)
    Message.objects.filter(writing=Writing.OUT).update(sent_at=AT + DAY, try_at=None)
    assert ask_all(at=AT + DAY + RESTS_FOR) == 1
    later = AT + 20 * DAY
    came(mail("Again!", subject=enquiry_number(row.pk)), at=later)
    services.answer(conversation=given(nora, later).pk, words="Yes.", by=nora, at=later)
    Message.objects.filter(writing=Writing.OUT).update(sent_at=later, try_at=None)
    assert ask_all(at=later + RESTS_FOR) == 0
    assert Rating.objects.count() == 1


def test_an_answer_that_nobody_got_is_not_asked_about(nora: User) -> None:
    row = answered(nora)
    theirs = Message.objects.filter(conversation=row, writing=Writing.OUT)
    theirs.update(sent_at=None, try_at=LATER)
    assert ask_all(at=LATER) == 0
    theirs.update(sent_at=AT, try_at=None, returned_at=AT)
    Conversation.objects.update(status=Status.ANSWERED)
    assert ask_all(at=LATER) == 0


def office(address: str) -> None:
    add_user(email=address, password=PASSWORD, role=Role.PARLIAMENT, at=RECEIVED)


def failed(address: str) -> None:
    user = add_user(email="new@example.net", password=PASSWORD, at=RECEIVED)
    Preference.objects.create(user=user, email_failed=address)


def bounced(address: str) -> None:
    came(mail("Earlier", address=address), at=AT - DAY)
    other = Conversation.objects.get(opened_at=AT - DAY)
    Conversation.objects.filter(pk=other.pk).update(status=Status.CLOSED)
    Message.objects.create(
        conversation=other,
        writing=Writing.OUT,
        message_id="back@example.org",
        said="Hello",
        at=AT - DAY,
        sent_at=AT - DAY,
        returned_at=AT,
    )


@pytest.mark.parametrize("unwanted", [office, failed, bounced])
def test_offices_of_parliament_and_addresses_from_which_mail_comes_back_are_not_asked(
    nora: User, unwanted: Callable[[str], None]
) -> None:
    unwanted("ada@example.net")
    answered(nora)
    assert ask_all(at=LATER) == 0
    answered(nora, address="zoe@example.net")
    assert ask_all(at=LATER) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"line": "parliamentary"},
        {"topic": "parliamentary"},
        {"channel": Channel.PHONE},
        {"address": ""},
        {"status": Status.LATER, "returns_at": AT},
        {"status": Status.WAITING},
    ],
    ids=str,
)
def test_parliament_the_telephone_and_what_has_not_ended_are_not_asked_about(
    nora: User, changed: dict[str, object]
) -> None:
    row = answered(nora)
    Conversation.objects.filter(pk=row.pk).update(**changed)
    assert ask_all(at=LATER) == 0


def test_who_writes_often_is_asked_about_one_and_not_again_that_week(nora: User) -> None:
    first, second = answered(nora), answered(nora, text="Another thing")
    assert ask_all(at=LATER) == 1
    assert ask_all(at=LATER + DAY) == 0
    assert Rating.objects.get().conversation_id == max(first.pk, second.pk)


def test_what_was_asked_about_and_merged_into_another_is_not_asked_about_there(nora: User) -> None:
    first, _ = asked(nora)
    came(mail("More"), at=LATER)
    second = given(nora, LATER)
    came(mail("and more", subject=enquiry_number(first.pk)), at=LATER)
    held = given(nora, LATER)
    assert held.pk == first.pk
    into = services.merge(conversation=held.pk, into=second.pk, by=nora, at=LATER)
    services.answer(conversation=into.pk, words="Both.", by=nora, at=LATER)
    Message.objects.filter(writing=Writing.OUT).update(sent_at=LATER, try_at=None)
    assert ask_all(at=LATER + 8 * DAY) == 0
    assert rate(sealed=sealed(first), solved=Score.YES, ease=Score.YES, at=LATER)


def test_a_form_is_asked_about_like_a_mail(nora: User) -> None:
    user, _ = client("ada@example.net")
    said = Asked(channel=Channel.FORM, address="", subject="", said="Where?", language="fr")
    ask(asked=said, form="f1", by=user, at=AT)
    services.answer(conversation=given(nora).pk, words="Ici.", by=nora, at=AT)
    Message.objects.filter(writing=Writing.OUT).update(sent_at=AT, try_at=None)
    assert ask_all(at=LATER) == 1


def test_what_is_said_is_said_once_and_its_words_are_kept_out_of_the_log(nora: User) -> None:
    row, link = asked(nora)
    told = question(link)
    assert told is not None
    assert (told.ends_at, told.rated) == (LATER + OPEN_FOR, False)
    said = {"solved": Score.YES, "ease": Score.NO}
    assert rate(sealed=link, **said, words=" Slow,\r\nbut right. ", at=LATER + DAY)
    assert last(row) == facts.EnquiryRated(solved="yes", ease="no")
    assert not rate(sealed=link, solved=Score.NO, ease=Score.NO, words="Bad", at=LATER + 2 * DAY)
    kept = Rating.objects.get()
    assert (kept.solved, kept.ease, kept.words) == ("yes", "no", "Slow,\nbut right.")
    assert kept.rated_at == LATER + DAY
    assert [type(one.fact) for one in log.history(row.pk)].count(facts.EnquiryRated) == 1
    [words] = words_said(most=5)
    assert (words.number, words.words) == (enquiry_number(row.pk), "Slow,\nbut right.")
    assert words_said(before=LATER + DAY, most=5) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_event WHERE strpos(payload::text, 'Slow') > 0")
        assert cursor.fetchone() == (0,)


def test_a_link_that_is_forged_old_or_too_wordy_says_nothing(nora: User) -> None:
    row, link = asked(nora)
    both = {"solved": Score.YES, "ease": Score.YES}
    key = Rating.objects.get(conversation=row).key
    _, _, seal = link.rpartition(".")
    for forged in (key, f"{key}.", f"{key}.{seal[:-1]}", f"x{link}", f"x.{seal}", "", ".", "\0"):
        assert question(forged) is None
        with pytest.raises(ActRefused):
            rate(sealed=forged, **both, at=LATER)
    with pytest.raises(ActRefused):
        rate(sealed=link, **both, words="x" * (LONGEST + 1), at=LATER)
    with pytest.raises(ActRefused):
        rate(sealed=link, **both, at=LATER + OPEN_FOR)
    assert Rating.objects.get().rated_at is None
    assert rate(sealed=link, **both, at=LATER + OPEN_FOR - timedelta(seconds=1))


def test_the_link_holds_nothing_of_whom_or_what_it_is_about(nora: User) -> None:
    row, _ = asked(nora)
    link = link_to_rating(Rating.objects.get().key, "en")
    for told in (enquiry_number(row.pk), "ada@", row.subject, "%"):
        assert told not in link.rpartition("/helped/")[2]


def test_a_question_that_comes_back_gives_nobody_work(nora: User) -> None:
    row, _ = asked(nora)
    ours = Message.objects.get(writing=Writing.ASK)
    bounce = mail("", sender=Sender.BOUNCE, address="", refers_to=(ours.message_id,))
    came(bounce, at=LATER)
    row.refresh_from_db()
    ours.refresh_from_db()
    assert (row.status, ours.returned_at) == (Status.ANSWERED, LATER)


def test_who_answers_the_question_by_mail_goes_on_with_their_enquiry(nora: User) -> None:
    row, _ = asked(nora)
    ours = Message.objects.get(writing=Writing.ASK)
    came(mail("It did not.", refers_to=(ours.message_id,), subject="Re:"), at=LATER)
    row.refresh_from_db()
    assert (row.status, Conversation.objects.count()) == (Status.WAITING, 1)


def test_the_database_keeps_what_was_said_whole(nora: User) -> None:
    row, _ = asked(nora)
    for half in ({"solved": "yes"}, {"rated_at": LATER}, {"words": "x"}, {"ease": "maybe"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rating.objects.filter(conversation=row).update(**half)


def test_behind_the_second_wall_a_rating_is_taken_down_and_supervisors_alone_read_it(
    nora: User, request: pytest.FixtureRequest
) -> None:
    _, link = asked(nora)
    request.getfixturevalue("wall")
    assert rate(sealed=link, solved=Score.YES, ease=Score.YES, words="Fine.", at=LATER)
    told = question(link)
    assert told is not None
    assert told.rated
    for role, reads in ((Role.AGENT, 0), (Role.ANALYST, 0), (Role.SUPERVISOR, 1)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [ASKER, f"1,{role}"])
            cursor.execute("SELECT count(*) FROM enquiries_rating")
            assert cursor.fetchone() == (reads,)

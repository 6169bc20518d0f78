"""What people do about notices: choose how to be told, open a message, repair an address."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from parvis.casework.events import log
from parvis.casework.events.facts import Fact, SubjectKind
from parvis.casework.events.later import Queue, later
from parvis.casework.notices.choosing import ways_of
from parvis.casework.notices.composing import lost_by, told_anew
from parvis.casework.notices.facts import AddressRepaired, AddressWorks, MessageOpened, WaysChosen
from parvis.casework.notices.models import Message, Notice, Preference, Proof
from parvis.casework.notices.noting import SEND
from parvis.casework.notices.policies import check_can_repair
from parvis.casework.notices.proving import MOST_TRIES, ask_for_code, check_code
from parvis.casework.notices.references import message_named
from parvis.casework.notices.status import Way, Wish
from parvis.casework.people.models import Client, User
from parvis.casework.people.services import mark_unreached


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody wants to be told."""

    wish: Wish
    phone: str
    quiet: tuple[time, time] | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What a message was about: one file, where it was one alone, or mandates and no file."""

    application: int | None
    of_mandates: bool


@transaction.atomic
def choose_ways(*, user: User, choice: Choice, by: str, at: datetime) -> bool:
    """Tell somebody so from now on; tell whether they are to prove a number that is new first.

    Until then the number before goes on, if there was one, and who wants texts has them there.
    """
    said = _locked(user)
    to_prove = choice.phone not in ("", said.phone)
    if not (to_prove and choice.wish is Wish.TEXT):
        said.wish = choice.wish
    said.time_zone = choice.time_zone
    said.quiet_from, said.quiet_until = choice.quiet or (None, None)
    if to_prove:
        _have_proved(user, choice, at)
    else:
        Proof.objects.filter(user=user).delete()
        if not choice.phone:
            said.phone = said.phone_failed = ""
    said.save()
    _tell_again(user, said, at)
    _record(user, WaysChosen(wish=said.wish, quiet=choice.quiet is not None), by, at)
    return to_prove


@transaction.atomic
def another_code(*, user: User, at: datetime) -> None:
    """Send another code to the number that somebody is proving; the one before holds no more."""
    proof = Proof.objects.select_for_update().filter(user=user).first()
    if proof is not None:
        ask_for_code(user=user, phone=proof.phone, wish=Wish(proof.wish), at=at)


@transaction.atomic
def prove_number(*, user: User, code: str, by: str, at: datetime) -> bool:
    """Take a number as somebody's, whose code they read; tell whether the code was right."""
    said = _locked(user)
    proof = check_code(user=user, code=code, at=at)
    if proof is None:
        return False
    said.phone, said.phone_failed, said.wish = proof.phone, "", proof.wish
    said.save()
    proof.delete()
    _tell_again(user, said, at)
    _record(user, WaysChosen(wish=said.wish, quiet=said.quiet_from is not None), by, at)
    return True


@transaction.atomic
def open_message(*, name: str, by: User, at: datetime) -> Opened | None:
    """Note that whoever a message went to has come by its address; return what it is about.

    None where the message is nobody's or somebody else's.
    """
    pk = message_named(name)
    if pk is None:
        return None
    message = Message.objects.select_for_update().filter(pk=pk, user=by).first()
    if message is None:
        return None
    told = Notice.objects.filter(message=message.first_id or message.pk).order_by("id")
    notices = list(told.values_list("client", "application"))
    if message.opened_at is None and message.sent_at is not None:
        message.opened_at = max(at, message.sent_at)
        message.save(update_fields=["opened_at"])
        for client in sorted({client for client, _ in notices}):
            fact = MessageOpened(message=message.pk)
            log.append(client, [fact], kind=SubjectKind.CLIENT, by=by.ref, at=at)
    files = {application for _, application in notices}
    of_mandates = files == {None}
    return Opened(files.pop() if len(files) == 1 else None, of_mandates)


@transaction.atomic
def repair_address(*, user: int, way: Way, address: str, by: User, at: datetime) -> None:
    """Write to somebody at an address that was found for them, and tell them all that waits.

    It is not the address with which they sign in, which they alone can change: what we send says
    nothing personal, and whoever gets it by mistake cannot sign in.
    """
    check_can_repair(by)
    person = User.objects.get(pk=user)
    said = _locked(person)
    if way is Way.EMAIL:
        said.email, said.email_failed = ("" if address == person.email else address), ""
    else:
        said.phone, said.phone_failed = address, ""
    said.save()
    _tell_lost(person, said, at)
    _tell_again(person, said, at)
    _record(person, AddressRepaired(way=way), by.ref, at)


@transaction.atomic
def try_again(*, user: User, way: Way, by: str, at: datetime) -> None:
    """Tell somebody again by a way that failed: they say that it works by now."""
    said = _locked(user)
    if not (said.email_failed if way is Way.EMAIL else said.phone_failed):
        return
    if way is Way.EMAIL:
        said.email_failed = ""
    else:
        said.phone_failed = ""
    said.save()
    _tell_lost(user, said, at)
    _tell_again(user, said, at)
    _record(user, AddressWorks(way=way), by, at)


@transaction.atomic
def address_changed(*, user: User, at: datetime) -> None:
    """Write to somebody at the address with which they sign in now, and tell them what they missed.

    They proved it, so that what staff had found for them is needed no more.
    """
    said = Preference.objects.select_for_update().filter(user=user).first()
    if said is None:
        return
    said.email = said.email_failed = ""
    said.save()
    _tell_lost(user, said, at)
    _tell_again(user, said, at)


def _have_proved(user: User, choice: Choice, at: datetime) -> None:
    """Have a number proved; where a code is on its way there, that one does."""
    on_its_way = Proof.objects.filter(
        user=user, phone=choice.phone, ends_at__gt=at, tries__lt=MOST_TRIES
    )
    if not on_its_way.update(wish=choice.wish):
        ask_for_code(user=user, phone=choice.phone, wish=choice.wish, at=at)


def _tell_lost(user: User, said: Preference, at: datetime) -> None:
    """Have what came back, by every way that there was, leave again by one that works."""
    ways = ways_of(user, said)
    for message in lost_by(user):
        again = told_anew(message, ways, at=at)
        if again is not None:
            again.save()


def _locked(user: User) -> Preference:
    Preference.objects.get_or_create(user=user)
    return Preference.objects.select_for_update().get(user=user)


def _tell_again(user: User, said: Preference, at: datetime) -> None:
    """Take somebody off the list, where a way works now, and have what waits for them leave."""
    if ways_of(user, said).way() is None:
        return
    if said.listed_at is not None:
        said.listed_at = None
        said.save(update_fields=["listed_at"])
        mark_unreached(users=[user.pk], at=None)
    Notice.objects.filter(user=user, message=None, untold=False, ready_at__gt=at).update(
        ready_at=at
    )
    # What is not urgent leaves by its own queue: of that there may be thousands, of others too.
    for urgent, queue in ((True, Queue.URGENT), (False, Queue.BULK)):
        later().defer(SEND, [{"urgent": urgent}], queue=queue)


def _record(user: User, fact: Fact, by: str, at: datetime) -> None:
    """Have the log say so, where the person is a client."""
    client = Client.objects.filter(user=user).first()
    if client is not None:
        log.append(client.pk, [fact], kind=SubjectKind.CLIENT, by=by, at=at)

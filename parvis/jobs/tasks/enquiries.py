"""What people ask: taken in, given back where nobody acts, answered; and whether that helped."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from parvis.casework.enquiries.closed_lines import take_over
from parvis.casework.enquiries.giving import take_back_idle
from parvis.casework.enquiries.rating import ask_all
from parvis.casework.enquiries.receiving import Sort, take_in_each
from parvis.casework.enquiries.recognising import learn
from parvis.casework.enquiries.scanning import scan_waiting
from parvis.casework.enquiries.sending import send_all
from parvis.casework.enquiries.services import LEARN, SEND
from parvis.casework.events.later import Queue
from parvis.casework.lines.selectors import lines
from parvis.channels.mail.asking import read_asked
from parvis.lib import clock

_MOST_SECONDS = timedelta(seconds=50)


def take_mails(mails: Sequence[bytes]) -> list[bool]:
    """Take mails in as they came; tell of each whether it is kept here."""
    ours = {one.terms.channels.email for one in lines()} | {settings.OUTSIDE.mailbox.lower()}
    read = [
        read_asked(mail, trusted=settings.OUTSIDE.checked_by, ours=frozenset(filter(None, ours)))
        for mail in mails
    ]
    return [sort is not Sort.NOBODYS for sort in take_in_each(read, at=clock.now())]


@app.periodic(cron="* * * * *")
@app.task(name="enquiries.fetch", queue=Queue.URGENT, queueing_lock="enquiries.fetch")
def fetch(timestamp: int) -> None:
    """Take in what was written to our lines."""
    inbox = settings.OUTSIDE.enquiries
    if inbox is not None:
        inbox.hand_in(take_mails)


@app.task(name=SEND, queue=Queue.URGENT)
def send() -> None:
    """Send answers that are ready. What fails is tried again by the sweep, not by this job."""
    send_all(now=clock.now)


@app.periodic(cron="* * * * *")
@app.task(name="enquiries.sweep", queue=Queue.URGENT, queueing_lock="enquiries.sweep")
def sweep(timestamp: int) -> None:
    """Send answers whose next try has come; have what nobody acts on wait again, where it can."""
    send_all(now=clock.now)
    while take_back_idle(at=clock.now()):
        pass
    while take_over(at=clock.now()):
        pass


@app.periodic(cron="23 * * * *")
@app.task(name="enquiries.ask", queue=Queue.HOUSE, queueing_lock="enquiries.ask")
def ask_whether_it_helped(timestamp: int) -> None:
    """Ask whether our answer helped, once about each enquiry that has ended."""
    ask_all(at=clock.now())


@app.task(name=LEARN, queue=Queue.HOUSE)
def learn_topics() -> None:
    """Have topics be recognised as agents say them."""
    learn()


@app.periodic(cron="* * * * *")
@app.task(name="enquiries.scan", queue=Queue.BULK, queueing_lock="enquiries.scan")
def scan(timestamp: int) -> None:
    """Look for harm in documents that nobody may open yet."""
    scan_waiting(until=clock.now() + _MOST_SECONDS, now=clock.now)

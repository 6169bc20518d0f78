"""Mails that come back, as servers write them: one for each way that we know of."""

from collections.abc import Callable
from email.message import EmailMessage

from parvis.casework.notices.status import Verdict

Made = Callable[[str], str]


def _report(to: str, action: str, status: str, quoted: str = "") -> str:
    return f"""From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: message/rfc822

{quoted}
--b--
"""


MAILS: dict[str, tuple[Made, Verdict, str]] = {
    "a report (RFC 3464) to the sealed address": (
        lambda name: _report(f"bounces+{name}@parvis.example.org", "failed", "5.1.1"),
        Verdict.RETURNED,
        "5.1.1",
    ),
    "a report that quotes our message alone": (
        lambda name: _report(
            "bounces@parvis.example.org",
            "failed",
            "5.2.2",
            f"Message-ID: <{name}@parvis.example.org>\nSubject: There is news for you\n\nHello,\n",
        ),
        Verdict.RETURNED,
        "5.2.2",
    ),
    "a report of a delay": (
        lambda name: _report(f"bounces+{name}@parvis.example.org", "delayed", "4.4.1"),
        Verdict.DELAYED,
        "4.4.1",
    ),
    "qmail's text": (
        lambda name: (
            f"""From: MAILER-DAEMON@example.net
To: bounces+{name}@parvis.example.org
Subject: failure notice

Hi. This is the qmail-send program at example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.

<somebody@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)
"""
        ),
        Verdict.RETURNED,
        "5.1.1",
    ),
    "Exim's text, with our message below": (
        lambda name: (
            f"""From: Mail Delivery System <Mailer-Daemon@mx.example.net>
To: bounces@parvis.example.org
Subject: Mail delivery failed: returning message to sender
Auto-Submitted: auto-replied

A message that you sent could not be delivered to one or more of its recipients.

  somebody@example.org
    SMTP error from remote mail server after RCPT TO:<somebody@example.org>:
    host mx.example.org [192.0.2.1]: 550 mailbox unavailable

------ This is a copy of the message, including all the headers. ------

From: Parvis <no-reply@parvis.example.org>
Message-ID: <{name}@parvis.example.org>
"""
        ),
        Verdict.RETURNED,
        "5.0.0 550",
    ),
    "Exchange's text in French": (
        lambda name: (
            f"""From: postmaster@example.org
To: bounces+{name}@parvis.example.org
Subject: =?utf-8?q?Non_remis=C2=A0=3A_Du_nouveau_pour_vous?=
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Votre message n’a pas pu être remis. 5.1.10 Destinataire introuvable.
"""
        ),
        Verdict.RETURNED,
        "5.1.10",
    ),
    "a vacation answer": (
        lambda name: (
            f"""From: somebody@example.org
To: bounces+{name}@parvis.example.org
Subject: Re: There is news for you
Auto-Submitted: auto-replied (vacation)
In-Reply-To: <{name}@parvis.example.org>

I am away until Monday.
"""
        ),
        Verdict.ANSWERED,
        "",
    ),
    "an absence from Outlook": (
        lambda name: (
            f"""From: somebody@example.org
To: bounces+{name}@parvis.example.org
Subject: =?utf-8?q?R=C3=A9ponse_automatique=C2=A0=3A_Du_nouveau?=

Je suis absent.
"""
        ),
        Verdict.ANSWERED,
        "",
    ),
    "somebody's own answer": (
        lambda name: (
            f"""From: somebody@example.org
To: bounces@parvis.example.org
Subject: Re: There is news for you
In-Reply-To: <{name}@parvis.example.org>

What news? My mail could not be delivered last week.
"""
        ),
        Verdict.WRITTEN,
        "",
    ),
}
"""By what each is: the mail for a message of this name, what it is, and its code."""


def loop(name: str) -> bytes:
    """Return an answer such as an address sends that answers every mail."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "echo@example.org", f"bounces+{name}@parvis.example.org"
    mail["Subject"], mail["Auto-Submitted"] = "Re: There is news for you", "auto-replied"
    mail.set_content("Thank you for your mail.")
    return mail.as_bytes()

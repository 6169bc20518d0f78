"""Mails are read however badly they are made; what anybody can write in them is not believed."""

from email.message import EmailMessage

import pytest

from parvis.casework.enquiries.mails import Incoming
from parvis.casework.enquiries.status import Sender
from parvis.channels.mail.asking import read_asked

OURS = frozenset({"enquiries@parvis.example.org"})
SERVER = "mx.parvis.example.org"


def made(text: str = "Where is my file?", **head: str) -> bytes:
    mail = EmailMessage()
    told = {
        "From": "Ada <ada@example.net>",
        "To": "enquiries@parvis.example.org",
        "Subject": "My application",
        "Message-ID": "<1@example.net>",
    } | {name.replace("_", "-"): value for name, value in head.items()}
    for name, value in told.items():
        if value:
            mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


def read(content: bytes) -> Incoming:
    return read_asked(content, trusted=SERVER, ours=OURS)


def test_a_mail_is_read() -> None:
    one = read(made("Où est ma demande ?", Subject="Demande d’étude", In_Reply_To="<0@x>"))
    assert (one.message_id, one.address, one.sender) == (
        "1@example.net",
        "ada@example.net",
        Sender.PERSON,
    )
    assert (one.subject, one.text.strip()) == ("Demande d’étude", "Où est ma demande ?")
    assert one.refers_to == ("0@x",)
    assert one.to == ("enquiries@parvis.example.org",)
    assert not one.vouched


@pytest.mark.parametrize(
    ("told", "vouched"),
    [
        (f"{SERVER}; spf=pass; dmarc=pass (p=none) header.from=example.net", True),
        (f"{SERVER}; dmarc=fail header.from=example.net", False),
        (f"{SERVER}; dmarc=pass header.from=evil.example", False),
        ("mx.evil.example; dmarc=pass header.from=example.net", False),
        (
            f'{SERVER}; spf=pass smtp.mailfrom="dmarc=pass header.from=example.net x"@evil.net',
            False,
        ),
        (f"{SERVER}; spf=pass (dmarc=pass header.from=example.net); dmarc=none", False),
        (f"{SERVER}; x dmarc=pass header.from=example.net", False),
        (f"{SERVER}; dmarc=pass header.from=example.net; dmarc=pass header.from=evil.net", False),
        (f"{SERVER}; dmarc=pass (p=none dis=none)  header.from=Example.net", True),
        (f"{SERVER}; dkim=pass header.d=example.net", False),
        ("", False),
    ],
)
def test_only_the_departments_own_server_vouches_for_a_sender(told: str, vouched: bool) -> None:
    assert read(made(Authentication_Results=told)).vouched is vouched


def test_what_a_sender_claims_further_down_is_not_believed() -> None:
    forged = f"Authentication-Results: {SERVER}; dmarc=pass header.from=example.net\n".encode()
    real = f"Authentication-Results: {SERVER}; dmarc=fail header.from=example.net\n".encode()
    assert not read(real + forged + made()).vouched


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        ({}, Sender.PERSON),
        ({"Auto_Submitted": "auto-replied"}, Sender.MACHINE),
        ({"Auto_Submitted": "no"}, Sender.PERSON),
        ({"Precedence": "bulk"}, Sender.MACHINE),
        ({"List_Id": "<news.example.net>"}, Sender.MACHINE),
        ({"Subject": "Réponse automatique : absence"}, Sender.MACHINE),
        ({"From": "enquiries@parvis.example.org"}, Sender.MACHINE),
        ({"From": "mailer-daemon@example.net", "Subject": "Undelivered mail"}, Sender.BOUNCE),
    ],
)
def test_machines_are_told_from_people(head: dict[str, str], sender: Sender) -> None:
    assert read(made(**head)).sender is sender


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00\x01",
        b"From: \r\n\r\n",
        b"From: a@b@c\r\nSubject: =?utf-9?q?=ff?=\r\n\r\nHello",
        b"From: ada@example.net\r\nContent-Type: text/plain; charset=no-such\r\n\r\nCaf\xe9",
        b"From: ada@example.net\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHi",
        b"From: ada@example.net\r\nContent-Type: multipart/mixed\r\n\r\nno boundary",
        b"From: ada@example.net\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Message-ID: <" + b"x" * 5000 + b">\r\n\r\nlong",
        b"From: ada@example.net\r\n\r\nnul\0 inside",
    ],
)
def test_however_badly_a_mail_is_made_it_is_read(content: bytes) -> None:
    one = read(content)
    assert one.message_id
    assert len(one.message_id) <= 255
    assert "\0" not in one.text
    assert one.whole == content


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@example.net\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AE-",
        b"From: a@example.net\r\nSubject: =?utf-7?q?+2AE-?=\r\n\r\nHi",
        b"Message-ID: <a\0b@c>\r\nReferences: <d\0e@f> <\xed\xa0\x81@x>\r\n\r\n",
        b"From: a@example.net\r\nTo: x\0\xed\xa0\x81@example.net\r\n\r\nHi",
    ],
)
def test_what_no_database_keeps_is_left_out(content: bytes) -> None:
    one = read(content)
    for text in (one.message_id, one.address, one.subject, one.text, *one.to, *one.refers_to):
        assert "\0" not in text
        text.encode()


def test_letters_that_are_not_what_they_say_are_read_as_likely_ones() -> None:
    head = b"From: ada@example.net\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    assert "Café" in read(head + "Café".encode("cp1252")).text


def test_two_senders_are_none() -> None:
    assert read(made(From="ada@example.net, eve@example.net")).address == ""


def test_of_html_alone_the_words_are_read() -> None:
    mail = EmailMessage()
    mail["From"] = "ada@example.net"
    mail.set_content("<p>Where is <b>my file</b>?</p><script>evil()</script>", subtype="html")
    assert "Where is my file?" in read(mail.as_bytes()).text
    assert "evil" not in read(mail.as_bytes()).text


def test_documents_come_along_under_a_plain_name() -> None:
    mail = EmailMessage()
    mail["From"] = "ada@example.net"
    mail.set_content("See attached")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../é.pdf")
    [one] = read(mail.as_bytes()).attached
    assert (one.name, one.content) == ("é.pdf", b"%PDF-1.7")

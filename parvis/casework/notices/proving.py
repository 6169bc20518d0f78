"""Proving a telephone number: a code goes there, and whoever reads it back has the number.

Until then nothing else goes to it, and nobody has texts sent to somebody else. As with the address
that an account is opened with, a code has three tries and 15 minutes.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from parvis.casework.events.later import Queue, later
from parvis.casework.notices.models import Proof
from parvis.casework.notices.status import Way, Wish
from parvis.casework.notices.ways import Letter, Refused, carrier
from parvis.casework.people import tries
from parvis.casework.people.models import User
from parvis.casework.people.policies import ActRefused
from parvis.casework.people.selectors import client_of, language_of
from parvis.programs.notices import frame

if TYPE_CHECKING:
    from parvis.lib.text import Language

SEND_CODE = "notices.send-code"
"""The job that draws a code and sends it."""
MOST_TRIES = 3
GOOD_FOR = timedelta(minutes=15)
_DIGITS = 6
_PURPOSE = b"parvis.notices.proof"


@transaction.atomic
def ask_for_code(*, user: User, phone: str, wish: Wish, at: datetime) -> None:
    """Have a code sent to a number, by which somebody is told as they wish once it is proved.

    Refuses the sixth in a day for one person or to one number: codes are no way to bother anybody.
    """
    counted = tries.hold((f"codes for {user.pk}", f"codes to {phone}"), at)
    if tries.is_locked(counted, at):
        raise ActRefused(
            "We sent too many codes today. Try again tomorrow.",
            "Nous avons envoyé trop de codes aujourd’hui. Réessayez demain.",
        )
    tries.count(counted, at)
    fresh = {"phone": phone, "wish": wish, "digest": b"", "tries": 0, "ends_at": at + GOOD_FOR}
    Proof.objects.update_or_create(user=user, defaults=fresh)
    later().defer(SEND_CODE, [{"user": user.pk}], queue=Queue.URGENT)


def send_code(*, user: int, at: datetime) -> None:
    """Draw a code and send it; done twice, it sends another, and the last one counts."""
    with transaction.atomic():
        proof = _held(user)
        if proof is None or proof.ends_at <= at:
            return
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        proof.digest = _digest(proof, code)
        proof.save(update_fields=["digest"])
    language: Language = "fr" if language_of(proof.user, client_of(proof.user)) == "fr" else "en"
    text = frame().code[language].format(code=code)
    name = f"code-{secrets.token_hex(8)}"
    try:
        carrier(Way.TEXT).send(Letter(name, proof.phone, language, "", text, ""))
    except Refused:
        # No such number: whoever typed it waits for a code in vain, and gives another.
        return
    finally:
        carrier(Way.TEXT).close()


def check_code(*, user: User, code: str, at: datetime) -> Proof | None:
    """Return what somebody proved by a code; None where it is wrong.

    Refuses where none holds any more. To be asked inside the transaction of an act.
    """
    proof = _held(user.pk)
    if proof is None or proof.ends_at <= at or proof.tries >= MOST_TRIES:
        raise ActRefused(
            "This code does not hold any more. Have another one sent.",
            "Ce code n’est plus valable. Faites-en envoyer un autre.",
        )
    proof.tries += 1
    proof.save(update_fields=["tries"])
    right = bool(proof.digest) and hmac.compare_digest(_digest(proof, code), bytes(proof.digest))
    return proof if right else None


def _held(user: int) -> Proof | None:
    return (
        Proof.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(user=user)
        .first()
    )


def _digest(proof: Proof, code: str) -> bytes:
    """Return what is kept of a code: nobody finds it by trying, without the house's secret."""
    told = f"{proof.user_id} {proof.phone} {code}".encode("utf-8", "replace")
    return hmac.digest(_PURPOSE + settings.SECRET_KEY.encode(), told, sha256)

"""Somebody in each capacity, who comes to every door, with what there is for them."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.test import Client as Browser
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from parvis.casework.applications.models import Adult
from parvis.casework.cohorts.services import open_to
from parvis.casework.cohorts.status import WHOLE, CohortKind
from parvis.casework.contacts.services import record
from parvis.casework.documents.services import answer_request, keep
from parvis.casework.keys.models import Key
from parvis.casework.mandates.models import Mandate
from parvis.casework.mandates.status import MandateKind
from parvis.casework.notices.composing import enlist
from parvis.casework.notices.models import Message
from parvis.casework.notices.references import name_of
from parvis.casework.notices.status import Way
from parvis.casework.people.models import User
from parvis.casework.people.policies import (
    DELEGABLE,
    NO_RELATION,
    SCOPES,
    Act,
    Capacity,
    Relation,
    relation_of,
)
from parvis.casework.people.roles import STAFF, Role
from parvis.casework.people.scope import Scope
from parvis.casework.people.services import add_user, register_client
from parvis.lib.references import application_number
from parvis.readers.standards.counting import count
from parvis.readers.support.counting import count as count_support
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.contacts.telling import ANSWERED, call
from tests.casework.keys.making import a_key, another_system, with_key
from tests.casework.webhooks.subscribing import subscribed
from tests.config.asking import asked_by, questions_of, support_centre
from tests.filing import ASK, OPEN, PASSWORD, RECEIVED, filed
from tests.sending import VISIT, disk, opened, pdf  # noqa: F401 - a fixture
from tests.web.serving import static_files  # noqa: F401 - a fixture

NOW = RECEIVED + timedelta(days=9)
_KEY = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
_SAID = AuthenticatorData.create(
    b"-" * 32, 0x45, 0, AttestedCredentialData.create(Aaguid.NONE, b"key", _KEY)
)
PASSKEY = {
    "id": websafe_encode(b"key"),
    "rawId": websafe_encode(b"key"),
    "type": "public-key",
    "response": {
        "clientDataJSON": websafe_encode(
            CollectedClientData.create("webauthn.create", b"-", "http://localhost")
        ),
        "attestationObject": websafe_encode(AttestationObject.create("none", _SAID, {})),
    },
}
"""What a browser says of a passkey that it made."""
SERVICE = {"provider_id": "public", "name": "", "client_id": "parvis", "secret": "-"}
"""A sign-in service; nobody answers there."""
HOOK = "https://example.org/hook"


class Came(NamedTuple):
    """Somebody who comes, with what there is for them."""

    relation: Relation
    browser: Browser
    files: Mapping[str, tuple[str, Relation]]
    """Each file's number and how they relate to it, by what the file is to them."""
    mandates: Mapping[str, int]
    """Mandates, by what each is to them."""
    passkeys: Mapping[str, int]
    messages: Mapping[str, str]
    """The names of messages, by whose each is."""
    keys: Mapping[str, int]
    """Keys for software, by what each is to them."""
    webhooks: Mapping[str, int]
    questions: Mapping[str, str]
    """The numbers of what was asked, by whose each is to them."""
    software: bool = False
    """Whether it is software, with a key; it is nobody at any page."""
    narrow: bool = False
    """Whether its key is for less than it could be for."""


def somebody(name: str, role: Role = Role.PERSON) -> User:
    return add_user(email=f"{name}@example.org", password=PASSWORD, role=role, at=RECEIVED)


def signed_in(user: User) -> Browser:
    """Return a browser in which somebody has just signed in, so that nothing asks them again."""
    browser = Browser()
    browser.force_login(user)
    session = browser.session
    proved = {"method": "password", "at": time.time(), "reauthenticated": True}
    session.update(
        {
            "account_authentication_methods": [proved],
            "account_authentication_methods_user": str(user.pk),
        }
    )
    session.save()
    return browser


def mandate(client: int, kind: MandateKind, address: str, holder: User | None = None) -> Mandate:
    """Return a mandate of all that its kind can be for, accepted by its holder if there is one."""
    return Mandate.objects.create(
        client_id=client,
        kind=kind,
        address=address,
        user=holder,
        acts=sorted(DELEGABLE if kind is MandateKind.REPRESENTATIVE else {Act.SEE}),
        begins_at=RECEIVED,
        given_at=RECEIVED,
        accepted_at=holder and RECEIVED,
    )


def factors(user: User) -> int:
    """Give somebody an app with spare codes, and a passkey; return the passkey."""
    secret = get_adapter().encrypt("x" * 32)
    for type_, data in (
        (Authenticator.Type.TOTP, {"secret": secret}),
        (Authenticator.Type.RECOVERY_CODES, {"seed": secret, "used_mask": 0}),
    ):
        Authenticator.objects.create(user=user, type=type_, data=data)
    kept = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": PASSKEY}
    )
    return int(kept.pk)


def message(user: User) -> str:
    """Return the name of a message that somebody was sent."""
    made = Message.objects.create(
        user=user,
        way=Way.EMAIL,
        address=user.email,
        language="en",
        urgent=True,
        instead=False,
        made_at=RECEIVED,
        try_at=RECEIVED,
        sent_at=RECEIVED,
    )
    return name_of(made.pk)


def software(rita: User, hers: Relation, theirs: str, others: str, missing: str) -> Iterator[Came]:
    """Yield software: another system's with keys for all and for less, a representative's."""
    for owner, asked, programs in (
        (another_system(), SCOPES[Role.SYSTEM], None),
        (another_system("archive"), {Act.OPEN_FIGURES}, None),
        (another_system("visits"), {Act.SEE}, ["visitor-visa"]),
        (rita, {Act.SEE, Act.ANSWER}, None),
        (rita, {Act.SEE}, ["study-permit"]),
    ):
        made = a_key(owner, *asked, programs=programs)
        acts = frozenset(Key.objects.get(pk=made.id).acts)
        scope = Scope(made.id, acts, programs and frozenset(programs))
        own = replace(relation_of(owner), scope=scope)
        seen = own if owner != rita else replace(hers, scope=scope)
        mandated = seen if scope.covers("study-permit") else NO_RELATION
        files = {
            "mandated": (theirs, mandated),
            "another's": (others, NO_RELATION if owner == rita else mandated),
            "missing": (missing, own),
        }
        narrow = programs is not None or frozenset(asked) != SCOPES[Role(owner.role)]
        browser = with_key(made.secret)
        yield Came(own, browser, files, {}, {}, {}, {}, {}, {}, software=True, narrow=narrow)


def keys_and_webhooks(other: User) -> Callable[[User | None], list[dict[str, int]]]:
    """Return what tells which keys and webhooks there are for somebody, beside another's."""
    others = a_key(other).id, subscribed(other, HOOK).id
    systems = a_key(another_system()).id, subscribed(another_system(), HOOK).id

    def looked_after(user: User | None) -> list[dict[str, int]]:
        there = [{"another's": one, "missing": 10**9} for one in others]
        if user is not None and (user.role == Role.ADMINISTRATOR or user.role not in STAFF):
            own = systems
            if user.role != Role.ADMINISTRATOR:
                own = a_key(user).id, subscribed(user, HOOK).id
            return [one | {"own": mine} for one, mine in zip(there, own, strict=True)]
        return there

    return looked_after


def everybody() -> list[Came]:
    """Return somebody in each capacity, with the files and mandates that there are for them."""
    ada, zoe, eve = somebody("ada"), somebody("zoe"), somebody("eve")
    files = []
    for user in (ada, zoe):
        known = register_client(name="Example", language="en", user=user, by="test", at=RECEIVED)
        files.append(filed(OPEN, ASK, VISIT, client=known.id))
    # Eve is on Zoe's application as another adult.
    other = register_client(name="Example", language="en", user=eve, by="test", at=RECEIVED)
    Adult.objects.create(application=files[1].pk, client_id=other.id)
    client = files[0].client_id
    assert client is not None
    holders, held = {}, {}
    for kind in MandateKind:
        role = Role.PARLIAMENT if kind is MandateKind.PARLIAMENT else Role.PERSON
        holder = somebody(kind, role)
        given = mandate(client, kind, holder.email, holder)
        offered = mandate(client, kind, holder.email)
        holders[holder] = Relation(Capacity(kind), given.pk, frozenset(map(Act, given.acts)))
        held[holder] = {"holds": given.pk, "offered": offered.pk}
    [gave, *_] = [one["holds"] for one in held.values()]
    far = somebody("far")
    assert files[1].client_id is not None
    anothers = mandate(files[1].client_id, MandateKind.THIRD_PARTY, far.email, far).pk
    [theirs, others] = [file.number for file in files]
    missing, nobody = application_number(10**9), Relation(Capacity.ANYBODY)
    zoes_passkey, zoes_message = factors(zoe), message(far)
    enlist([zoe.pk], at=NOW)
    looked_after = keys_and_webhooks(zoe)
    open_to(kind=CohortKind.SHARE, share=WHOLE, by=None, at=NOW)
    support_centre(NOW)

    def came(user: User, **known: tuple[str, Relation]) -> Came:
        own = relation_of(user)
        mandates = {"another's": anothers, "missing": 10**9} | held.get(user, {})
        if user == ada:
            mandates |= {"gave": gave}
        passkeys = {"another's": zoes_passkey, "missing": 10**9}
        passkeys["own"] = zoes_passkey if user == zoe else factors(user)
        messages = {"own": message(user), "another's": zoes_message, "forged": "1-" + "a" * 16}
        files = known | {"missing": (missing, own)}
        return Came(
            own,
            signed_in(user),
            files,
            mandates,
            passkeys,
            messages,
            *looked_after(user),
            questions_of(user, zoe, NOW),
        )

    all_ = [
        Came(
            nobody,
            Browser(),
            {"another's": (theirs, nobody), "missing": (missing, nobody)},
            {"another's": anothers},
            {"another's": zoes_passkey},
            {"another's": zoes_message},
            *looked_after(None),
            {"another's": asked_by(zoe, NOW)},
        ),
        came(
            ada,
            own=(theirs, Relation(Capacity.CLIENT)),
            anothers=(others, NO_RELATION),
        ),
        came(
            eve,
            own=(others, Relation(Capacity.CLIENT)),
            anothers=(theirs, NO_RELATION),
        ),
        came(somebody("nobody"), anothers=(theirs, NO_RELATION)),
    ]
    for holder, relation in holders.items():
        all_.append(came(holder, mandated=(theirs, relation), anothers=(others, NO_RELATION)))
    for role in sorted(STAFF):
        user = somebody(role, role)
        # One who is offered a mandate, though staff hold none.
        held[user] = {"offered": mandate(client, MandateKind.THIRD_PARTY, user.email).pk}
        all_.append(came(user, anothers=(theirs, relation_of(user))))
    [rita] = [one for one, to in holders.items() if to.capacity is Capacity.REPRESENTATIVE]
    all_.extend(software(rita, holders[rita], theirs, others, missing))
    # Something was sent already, on each file.
    for user, file in zip((ada, zoe), files, strict=True):
        answer_request(
            application=file.pk,
            document="police-certificate",
            files=[keep(opened(pdf()))],
            by=user,
            at=NOW,
        )
    record(call("c1", ANSWERED, line="general"), source="acd", at=NOW)
    count(NOW)
    count_support(NOW)
    return all_

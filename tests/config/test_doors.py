"""Every door, in every capacity, with one's own file, a mandated, another's and a missing one."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from http import HTTPMethod
from pathlib import Path
from typing import NamedTuple

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)
from pytest_django import Settings

from parvis.casework.applications.models import Adult
from parvis.casework.cohorts.models import Cohort
from parvis.casework.cohorts.services import open_to
from parvis.casework.cohorts.status import WHOLE, CohortKind
from parvis.casework.contacts.services import record
from parvis.casework.documents.models import StoredDocument
from parvis.casework.documents.services import answer_request, keep
from parvis.casework.enquiries.models import Attachment, Conversation
from parvis.casework.events.wall import lifted
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
    GRANTED,
    NO_RELATION,
    SCOPES,
    Act,
    Capacity,
    Relation,
    may,
    relation_of,
)
from parvis.casework.people.roles import STAFF, Role
from parvis.casework.people.scope import Scope
from parvis.casework.people.services import add_user, register_client
from parvis.config.doors import DOORS, OF_A_FILE, Entrance, Needed, allows
from parvis.lib import clock
from parvis.lib.references import application_number, enquiry_number, subject_of
from parvis.readers.standards.counting import count
from parvis.readers.support.counting import count as count_support
from tests.behind_wall import wall  # noqa: F401 - a fixture
from tests.casework.contacts.telling import ANSWERED, call
from tests.casework.keys.making import a_key, another_system, with_key
from tests.casework.webhooks.subscribing import subscribed
from tests.config.asking import asked_by, link_at_the_end, questions_of, support_centre
from tests.filing import ASK, OPEN, PASSWORD, RECEIVED, filed
from tests.sending import VISIT, disk, opened, pdf  # noqa: F401 - a fixture
from tests.web.serving import static_files  # noqa: F401 - a fixture

METHODS = (HTTPMethod.GET, HTTPMethod.POST, HTTPMethod.PUT, HTTPMethod.PATCH, HTTPMethod.DELETE)
NOW = RECEIVED + timedelta(days=9)
MONTHS = "first=2023-01-01&last=2023-12-31"
DAY = "from=2024-01-12&to=2024-01-12"
QUERIES = {
    "/{language}/figures/files/": "kind=late",
    "/{language}/figures/files.csv": "kind=late",
    "/{language}/figures/dates/files/": f"likely=80&came=kept&{MONTHS}",
    "/{language}/figures/dates/files.csv": f"likely=80&came=kept&{MONTHS}",
    "/api/service-standards/files": "kind=late",
    "/{language}/figures/support/": DAY,
    "/{language}/figures/support/figures.csv": DAY,
}
"""What a door must be asked to have something to show."""
CODES = {
    "/{language}/assessments/{code}/": "crs",
    "/{language}/find/questions/{code}/": "age",
    "/{language}/find/results/{code}/": "study-permit",
    "/{language}/lines/{code}/": "general",
    "/{language}/support/articles/{code}/": "status",
    "/{language}/support/lines/{code}/": "general",
    "/{language}/support/lines/{code}/agents/": "general",
    "/{language}/support/lines/{code}/agents/return/": "general",
    "/{language}/support/lines/{code}/change/": "general",
    "/{language}/support/lines/{code}/close/": "general",
}
"""Of what is asked for by a code, one that there is."""
BODIES = {
    "/{language}/applications/{number}/answer/{document}/": {"done_on": "2024-01-15"},
    "/api/applications/{number}/answers/{document}": {"done_on": "2024-01-15"},
    "/{language}/enquiries/{enquiry}/write/": {"words": "And now?"},
    "/{language}/enquiries/helped/{sealed}/": {"solved": "yes", "ease": "no"},
}
"""What is sent to a door, so that it can be taken."""


SIDES = {
    "GET /{language}/mandates/{id_}/": {"gave", "offered", "holds"},
    # Accepted twice, it is accepted once.
    "POST /{language}/mandates/{id_}/accept/": {"offered", "holds"},
    "POST /{language}/mandates/{id_}/decline/": {"offered"},
    "POST /{language}/mandates/{id_}/end/": {"gave", "holds"},
}
"""Of those who may hold mandates, who may see one and do something about it."""
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
PARTS = ("id_", "pk", "key_id", "webhook", "cohort")
"""What stands in an address for one of several."""


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


class Knock(NamedTuple):
    """Somebody at a door."""

    where: str
    relation: Relation
    """How they relate to what is asked for."""
    is_there: bool
    """Whether what they ask for exists, and is theirs to see where no relation says so."""


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "/"
) -> Iterator[str]:
    """Yield the paths that there are."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        # As Django writes a parameter, or as a regular expression does.
        named = re.sub(r"\(\?P<(\w+)>.*?\)(?=\W)|<(?:\w+:)?(\w+)>", _name, str(one.pattern))
        path = prefix + named.strip("^$")
        if isinstance(one, URLResolver):
            language = re.sub(r"^/(en|fr)/", "/{language}/", path)
            yield from addresses(one.url_patterns, language)
        else:
            yield path


def _name(found: re.Match[str]) -> str:
    return f"{{{found[1] or found[2]}}}"


def knock(browser: Browser, door: str, where: str) -> HttpResponseBase:
    """Return how a door answers, and leave nothing done behind."""
    method, _, path = door.partition(" ")
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        if method == "POST":
            answer = browser.post(where, BODIES.get(path))
        else:
            answer = browser.generic(method, where)
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer


def outcome(answer: HttpResponseBase) -> str:
    """Return how a door answered: in, out, or to be signed in first."""
    is_page = answer["Content-Type"].startswith("text/html")
    if (answer.status_code == 401 and not is_page) or (
        answer.status_code == 302 and "/sign-in/?next=" in answer.headers["Location"]
    ):
        return "sign in"
    if answer.status_code in (403, 404, 409):
        return "out"
    assert answer.status_code < 500, answer.status_code
    assert answer.status_code != 405
    return "in"


def meant(needed: Needed, relation: Relation, exists: bool) -> str:
    """Return how a door is meant to answer."""
    if (
        needed not in (Entrance.EVERYBODY, Entrance.NOBODY)
        and relation.capacity is Capacity.ANYBODY
    ):
        return "sign in"
    return "in" if exists and allows(needed, relation) else "out"


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
        yield Came(own, with_key(made.secret), files, {}, {}, {}, {}, {}, {}, software=True)


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


@pytest.fixture
def people(
    db: None,
    disk: Path,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> list[Came]:
    """Return somebody in each capacity, with the files and mandates that there are for them."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    app = SERVICE | {"settings": {"server_url": "http://127.0.0.1:9"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"parvis_oidc": {"APPS": [app]}}
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

    everybody = [
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
        everybody.append(came(holder, mandated=(theirs, relation), anothers=(others, NO_RELATION)))
    for role in sorted(STAFF):
        user = somebody(role, role)
        # One who is offered a mandate, though staff hold none.
        held[user] = {"offered": mandate(client, MandateKind.THIRD_PARTY, user.email).pk}
        everybody.append(came(user, anothers=(theirs, relation_of(user))))
    [rita] = [one for one, to in holders.items() if to.capacity is Capacity.REPRESENTATIVE]
    everybody.extend(software(rita, holders[rita], theirs, others, missing))
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
    return everybody


def test_every_door_is_in_the_table_and_the_table_has_no_other() -> None:
    assert {door.partition(" ")[2] for door in DOORS} == set(addresses())


def at(path: str, **known: object) -> str:
    """Return where a door is."""
    where = path.format(
        **{
            "language": "en",
            "name": "crs",
            "code": CODES.get(path),
            "document": "medical-exam",
            "provider_id": "public",
            "uidb36": "1",
            "key": "x",
            "sealed": "1-x",
            "user": 1,
            "key_id": 1,
            "webhook": 1,
            "cohort": 1,
            "line": "general",
            "enquiry": "Q",
            "attachment": 1,
            "act": "note",
        }
        | known
    )
    return f"{where}?{QUERIES[path]}" if path in QUERIES else where


def of_a_file(path: str, number: str) -> str:
    """Return where a door of one file is."""
    with transaction.atomic(), lifted():
        sent = StoredDocument.objects.filter(application_id=subject_of(number))
        document = sent.values_list("id", flat=True).first() or 1
    return at(path, number=number, id_=document)


def knocks(door: str, came: Came) -> Iterator[Knock]:
    """Yield each way in which somebody may come to a door."""
    path = door.partition(" ")[2]
    if "/helped/" in path or "{enquiry}" in path or "{attachment}" in path:
        yield from _of_enquiries(path, came)
    elif came.software and not path.startswith("/api/"):
        number = came.files["mandated"][0]
        where = at(path, number=number, **dict.fromkeys(PARTS, 1))
        yield Knock(where, Relation(Capacity.ANYBODY), is_there=True)
    elif "{number}" in path:
        for whose, (number, relation) in came.files.items():
            yield Knock(of_a_file(path, number), relation, whose != "missing")
    elif "{sealed}" in path or "{user}" in path:
        yield from _of_messages(path, came)
    elif part := next((one for one in PARTS if f"{{{one}}}" in path), None):
        there = {
            "id_": came.mandates,
            "pk": came.passkeys,
            "key_id": came.keys,
            "webhook": came.webhooks,
            "cohort": {"own": Cohort.objects.latest("pk").pk, "missing": 10**9},
        }[part]
        for whose, id_ in there.items():
            yield Knock(at(path, **{part: id_}), came.relation, whose in SIDES.get(door, {"own"}))
    elif DOORS[door] is Act.MANDATE:
        # Only who is a client has something to give a mandate for.
        yield Knock(at(path), came.files.get("own", ("", came.relation))[1], is_there=True)
    else:
        yield Knock(at(path), came.relation, is_there=True)


def _of_enquiries(path: str, came: Came) -> Iterator[Knock]:
    relation = Relation(Capacity.ANYBODY) if came.software else came.relation
    if "/helped/" in path:
        link = link_at_the_end()
        for sealed, known in ((link, True), (f"{link}x", False)):
            yield Knock(at(path, sealed=sealed), relation, known)
    elif "/support/" not in path:
        for whose, number in came.questions.items():
            yield Knock(at(path, enquiry=number), relation, whose == "own")
    else:
        asked, paper = Conversation.objects.latest("pk").pk, Attachment.objects.latest("pk").pk
        for known in (True, False):
            parts = {"enquiry": enquiry_number(asked), "attachment": paper} if known else {}
            parts = parts or {"enquiry": enquiry_number(10**9), "attachment": 10**9}
            yield Knock(at(path, **parts), relation, known)


def _of_messages(path: str, came: Came) -> Iterator[Knock]:
    if "{sealed}" in path:
        for whose, name in came.messages.items():
            yield Knock(at(path, sealed=name), came.relation, whose == "own")
        return
    zoe = User.objects.get(email="zoe@example.org").pk
    for user in (zoe, 10**9):
        yield Knock(at(path, user=user), came.relation, user == zoe)


@pytest.mark.parametrize("behind", ["the first wall alone", "both walls"])
def test_a_door_opens_to_those_whom_the_table_names_and_to_nobody_else(
    behind: str, people: list[Came], request: pytest.FixtureRequest
) -> None:
    if behind == "both walls":
        request.getfixturevalue("wall")
    wrong, walked = [], set()
    for door, needed in DOORS.items():
        for came in people:
            for one in knocks(door, came):
                found = outcome(knock(came.browser, door, one.where))
                expected = meant(needed, one.relation, exists=one.is_there)
                walked.add((door, came.relation.capacity))
                if found != expected:
                    wrong.append(f"{came.relation.capacity} at {door}: {found}, not {expected}")
    assert not wrong, "\n".join(wrong)
    assert {door for door, _ in walked} == set(DOORS)


def test_a_door_takes_no_other_way_in(people: list[Came]) -> None:
    """Every other method is refused, so that none does what the table does not know of."""
    client = people[1]
    number, _ = client.files["own"]
    for path in {door.partition(" ")[2] for door, needed in DOORS.items() if needed in Act}:
        where = of_a_file(path, number)
        for method in METHODS:
            if f"{method} {path}" not in DOORS:
                assert client.browser.generic(method, where).status_code in (404, 405), (
                    method,
                    path,
                )


def test_whoever_acts_on_a_file_sees_it() -> None:
    for act in OF_A_FILE:
        assert GRANTED[act] <= GRANTED[Act.SEE], act


def test_a_mandate_lets_nobody_do_what_was_not_given() -> None:
    for act in OF_A_FILE:
        relation = Relation(Capacity.REPRESENTATIVE, 1, frozenset({Act.SEE}))
        assert may(act, relation) is (act is Act.SEE)

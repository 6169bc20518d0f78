"""Every door and command of the house, and what whoever comes must be allowed to do.

The doors themselves ask the table of permissions; what is said here is what they are meant to ask.
It is written out for a security officer (docs/generated/permissions.md), and a test walks through
every door in every capacity and compares.
"""

from collections.abc import Mapping
from enum import StrEnum

from parvis.casework.people.policies import Act, Capacity, Relation, may


class Entrance(StrEnum):
    """What it takes where no act is named."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed in"
    HOUSE = "the house"
    """Of no file and of nobody: for whoever runs the house's commands."""
    NOBODY = "nobody"
    """Nothing is there."""


Needed = Act | Entrance

_ALL = Entrance.EVERYBODY
DOORS: Mapping[str, Needed] = {
    "GET /": _ALL,
    "GET /api/": Entrance.NOBODY,
    "GET /api/applications/{number}": Act.SEE,
    "GET /api/applications/{number}/accesses": Act.TAKE_ALONG,
    "POST /api/applications/{number}/answers/{document}": Act.ANSWER,
    "GET /api/applications/{number}/file": Act.TAKE_ALONG,
    "GET /api/applications/{number}/file.zip": Act.TAKE_ALONG,
    "GET /api/archive-key": _ALL,
    "POST /api/assessments/{name}": _ALL,
    "GET /api/backlog": _ALL,
    "GET /api/backlog/forecast": _ALL,
    "GET /api/kept-dates": _ALL,
    "GET /api/kept-dates.csv": _ALL,
    "GET /api/openapi.json": _ALL,
    "GET /api/processing-times": _ALL,
    "GET /api/service-standards": _ALL,
    "GET /api/service-standards.csv": _ALL,
    "GET /api/service-standards/files": Act.OPEN_FIGURES,
    "POST /api/token": _ALL,
    "POST /sign-in/by/{provider_id}/": _ALL,
    "GET /sign-in/by/{provider_id}/back/": _ALL,
    "GET /{language}/": _ALL,
    "GET /{language}/accessibility/": _ALL,
    "GET /{language}/account/": Entrance.SIGNED_IN,
    "GET /{language}/account/address/": Entrance.SIGNED_IN,
    "POST /{language}/account/address/": Entrance.SIGNED_IN,
    "GET /{language}/account/app/": Entrance.SIGNED_IN,
    "POST /{language}/account/app/": Entrance.SIGNED_IN,
    "GET /{language}/account/app/remove/": Entrance.SIGNED_IN,
    "POST /{language}/account/app/remove/": Entrance.SIGNED_IN,
    "GET /{language}/account/application/": Act.LINK,
    "POST /{language}/account/application/": Act.LINK,
    "GET /{language}/account/codes/": Entrance.SIGNED_IN,
    "GET /{language}/account/codes/new/": Entrance.SIGNED_IN,
    "POST /{language}/account/codes/new/": Entrance.SIGNED_IN,
    "GET /{language}/account/confirm/": Entrance.SIGNED_IN,
    "POST /{language}/account/confirm/": Entrance.SIGNED_IN,
    "GET /{language}/account/confirm/code/": Entrance.SIGNED_IN,
    "POST /{language}/account/confirm/code/": Entrance.SIGNED_IN,
    "GET /{language}/account/confirm/passkey/": Entrance.SIGNED_IN,
    "POST /{language}/account/confirm/passkey/": Entrance.SIGNED_IN,
    "GET /{language}/account/devices/": Entrance.SIGNED_IN,
    "POST /{language}/account/devices/": Entrance.SIGNED_IN,
    "GET /{language}/account/language/": Entrance.SIGNED_IN,
    "POST /{language}/account/language/": Entrance.SIGNED_IN,
    "GET /{language}/account/notices/": Entrance.SIGNED_IN,
    "POST /{language}/account/notices/": Entrance.SIGNED_IN,
    "GET /{language}/account/passkeys/": Entrance.SIGNED_IN,
    "GET /{language}/account/passkeys/add/": Entrance.SIGNED_IN,
    "POST /{language}/account/passkeys/add/": Entrance.SIGNED_IN,
    "GET /{language}/account/passkeys/{pk}/": Entrance.SIGNED_IN,
    "POST /{language}/account/passkeys/{pk}/": Entrance.SIGNED_IN,
    "GET /{language}/account/passkeys/{pk}/remove/": Entrance.SIGNED_IN,
    "POST /{language}/account/passkeys/{pk}/remove/": Entrance.SIGNED_IN,
    "GET /{language}/account/password/": Entrance.SIGNED_IN,
    "POST /{language}/account/password/": Entrance.SIGNED_IN,
    "GET /{language}/account/password/new/": Entrance.SIGNED_IN,
    "POST /{language}/account/password/new/": Entrance.SIGNED_IN,
    "GET /{language}/account/sign-in/": Entrance.SIGNED_IN,
    "GET /{language}/applications/": Entrance.SIGNED_IN,
    "GET /{language}/applications/{number}/": Act.SEE,
    "GET /{language}/applications/{number}/answer/{document}/": Act.SEE,
    "POST /{language}/applications/{number}/answer/{document}/": Act.ANSWER,
    "POST /{language}/applications/{number}/answer/{document}/easy/": Act.ANSWER,
    "GET /{language}/applications/{number}/documents/{id_}/": Act.READ_SENT,
    "GET /{language}/applications/{number}/file/": Act.TAKE_ALONG,
    "GET /{language}/applications/{number}/file/accesses/": Act.TAKE_ALONG,
    "POST /{language}/applications/{number}/file/archive/": Act.TAKE_ALONG,
    "GET /{language}/clients/": Act.HOLD,
    "GET /{language}/clients/files.csv": Act.HOLD,
    "GET /{language}/components/": _ALL,
    "GET /{language}/doors/": Act.SEE_DOORS,
    "POST /{language}/doors/open/": Act.OPEN_DOOR,
    "POST /{language}/doors/{cohort}/raise/": Act.OPEN_DOOR,
    "POST /{language}/doors/{cohort}/stop/": Act.OPEN_DOOR,
    "GET /{language}/figures/": _ALL,
    "GET /{language}/figures/backlog/": _ALL,
    "GET /{language}/figures/dates/": _ALL,
    "GET /{language}/figures/dates/files.csv": Act.OPEN_FIGURES,
    "GET /{language}/figures/dates/files/": Act.OPEN_FIGURES,
    "GET /{language}/figures/files.csv": Act.OPEN_FIGURES,
    "GET /{language}/figures/files/": Act.OPEN_FIGURES,
    "GET /{language}/keys/": Act.MAKE_KEYS,
    "GET /{language}/keys/add/": Act.MAKE_KEYS,
    "POST /{language}/keys/add/": Act.MAKE_KEYS,
    "POST /{language}/keys/{key_id}/revoke/": Act.MAKE_KEYS,
    "GET /{language}/mandates/": Act.HOLD,
    "GET /{language}/mandates/give/": Act.MANDATE,
    "POST /{language}/mandates/give/": Act.MANDATE,
    "GET /{language}/mandates/{id_}/": Act.HOLD,
    "POST /{language}/mandates/{id_}/accept/": Act.HOLD,
    "POST /{language}/mandates/{id_}/decline/": Act.HOLD,
    "POST /{language}/mandates/{id_}/end/": Act.HOLD,
    "GET /{language}/messages/{sealed}/": Entrance.SIGNED_IN,
    "GET /{language}/password/done/": _ALL,
    "GET /{language}/password/forgotten/": _ALL,
    "POST /{language}/password/forgotten/": _ALL,
    "GET /{language}/password/forgotten/{uidb36}-{key}/": _ALL,
    "POST /{language}/password/forgotten/{uidb36}-{key}/": _ALL,
    "GET /{language}/password/sent/": _ALL,
    "GET /{language}/privacy/": _ALL,
    "GET /{language}/processing-times/": _ALL,
    "GET /{language}/sign-in/": _ALL,
    "POST /{language}/sign-in/": _ALL,
    "GET /{language}/sign-in/closed/": _ALL,
    "GET /{language}/sign-in/code/": _ALL,
    "POST /{language}/sign-in/code/": _ALL,
    "GET /{language}/sign-in/passkey/": _ALL,
    "POST /{language}/sign-in/passkey/": _ALL,
    "GET /{language}/sign-in/staff/": _ALL,
    "GET /{language}/sign-in/stopped/": _ALL,
    "GET /{language}/sign-out/": _ALL,
    "POST /{language}/sign-out/": _ALL,
    "GET /{language}/sign-up/": _ALL,
    "POST /{language}/sign-up/": _ALL,
    "GET /{language}/sign-up/code/": _ALL,
    "POST /{language}/sign-up/code/": _ALL,
    "GET /{language}/sign-up/passkey/": _ALL,
    "POST /{language}/sign-up/passkey/": _ALL,
    "GET /{language}/sign-up/passkey/make/": _ALL,
    "POST /{language}/sign-up/passkey/make/": _ALL,
    "GET /{language}/signed-out/": _ALL,
    "GET /{language}/status/": _ALL,
    "GET /{language}/unreached/": Act.REACH,
    "GET /{language}/unreached/{user}/": Act.REACH,
    "POST /{language}/unreached/{user}/": Act.REACH,
    "GET /{language}/webhooks/": Act.MAKE_KEYS,
    "GET /{language}/webhooks/add/": Act.MAKE_KEYS,
    "POST /{language}/webhooks/add/": Act.MAKE_KEYS,
    "GET /{language}/webhooks/{webhook}/": Act.MAKE_KEYS,
    "POST /{language}/webhooks/{webhook}/again/": Act.MAKE_KEYS,
    "POST /{language}/webhooks/{webhook}/secret/": Act.MAKE_KEYS,
    "POST /{language}/webhooks/{webhook}/stop/": Act.MAKE_KEYS,
}
"""By method and path, without its query. A page that is read may also be asked for by HEAD."""

_HOUSE = Entrance.HOUSE
COMMANDS: Mapping[str, Needed] = {
    "adults add": Act.MANAGE_PEOPLE,
    "adults list": Act.SEE,
    "adults remove": Act.MANAGE_PEOPLE,
    "assess": _HOUSE,
    "backlog": Act.OPEN_FIGURES,
    "cohorts count": Act.OPEN_DOOR,
    "cohorts figures": Act.SEE_DOORS,
    "cohorts list": Act.SEE_DOORS,
    "cohorts open": Act.OPEN_DOOR,
    "cohorts raise": Act.OPEN_DOOR,
    "cohorts stop": Act.OPEN_DOOR,
    "db reset": _HOUSE,
    "db start": _HOUSE,
    "db status": _HOUSE,
    "db stop": _HOUSE,
    "demo": _HOUSE,
    "estimates backtest": _HOUSE,
    "estimates kept": Act.OPEN_FIGURES,
    "estimates refresh": _HOUSE,
    "figures refresh": _HOUSE,
    "file key": _HOUSE,
    "file take": Act.TAKE_ALONG,
    "file taken": _HOUSE,
    "file verify": _HOUSE,
    "firms add": Act.MANAGE_PEOPLE,
    "firms list": Act.MANAGE_PEOPLE,
    "firms remove": Act.MANAGE_PEOPLE,
    "import": _HOUSE,
    "keys add": Act.MANAGE_KEYS,
    "keys list": Act.MANAGE_KEYS,
    "keys revoke": Act.MANAGE_KEYS,
    "log anchor": _HOUSE,
    "log replay": _HOUSE,
    "log verify": _HOUSE,
    "manage": _HOUSE,
    "notices figures": Act.OPEN_FIGURES,
    "notices pending": _HOUSE,
    "notices retry": _HOUSE,
    "programs check": _HOUSE,
    "programs draft": _HOUSE,
    "programs list": _HOUSE,
    "rules check": _HOUSE,
    "rules diff": _HOUSE,
    "rules list": _HOUSE,
    "rules test": _HOUSE,
    "serve": _HOUSE,
    "show": Act.SEE_NOTES,
    "standards": Act.OPEN_FIGURES,
    "users add": Act.MANAGE_PEOPLE,
    "users list": Act.MANAGE_PEOPLE,
    "webhooks add": Act.MANAGE_KEYS,
    "webhooks again": Act.MANAGE_KEYS,
    "webhooks deliveries": Act.MANAGE_KEYS,
    "webhooks list": Act.MANAGE_KEYS,
    "webhooks rotate": Act.MANAGE_KEYS,
    "webhooks stop": Act.MANAGE_KEYS,
    "work": _HOUSE,
}
"""What each command is for. Whoever runs it comes as the house."""

OF_A_FILE = frozenset({Act.SEE, Act.SEE_NOTES, Act.READ_SENT, Act.ANSWER, Act.TAKE_ALONG})
"""The acts that are done with a file; whoever may not do them learns nothing of it."""


def allows(needed: Needed, relation: Relation) -> bool:
    """Tell whether a door opens to somebody who relates so to the file, or to the house."""
    if isinstance(needed, Act):
        return may(needed, relation)
    if needed is Entrance.NOBODY:
        return False
    if needed is Entrance.HOUSE:
        return relation.capacity is Capacity.HOUSE
    return needed is Entrance.EVERYBODY or relation.capacity is not Capacity.ANYBODY

"""What the sign-in service of the tests says of people."""

import json
import sys
from pathlib import Path
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter


class Adapter(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth ships no types
    """Says of everybody what the mood says; what it names as null, it leaves out."""

    def populate_id_token(
        self, id_token: dict[str, Any], client: Any, scopes: Any, **kwargs: Any
    ) -> None:
        """Put the claims of the mood into what is signed."""
        told = json.loads((Path(sys.argv[1]) / "mood.json").read_text())
        id_token.update(told.get("claims", {}))
        for name in [name for name, value in id_token.items() if value is None]:
            del id_token[name]

"""The form in which a webhook is made."""

from dataclasses import dataclass

from django.http import QueryDict

from parvis.lib.text import Text
from parvis.programs import loader
from parvis.web.keys.form import Choice
from parvis.web.webhooks.words import KINDS

_LONGEST = 600


@dataclass(frozen=True, slots=True)
class WebhookForm:
    """The form as it stands."""

    for_systems: bool
    name: str
    system: str
    url: str
    all_kinds: bool
    kinds: tuple[Choice, ...]
    all: bool
    programs: tuple[Choice, ...]
    wrong: Text | None = None

    @property
    def chosen_kinds(self) -> frozenset[str] | None:
        """The kinds of facts to be told of; None for all."""
        chosen = frozenset(one.code for one in self.kinds if one.chosen)
        return None if self.all_kinds else chosen

    @property
    def chosen_programs(self) -> frozenset[str] | None:
        """The programs whose files to be told of; None for all."""
        chosen = frozenset(one.code for one in self.programs if one.chosen)
        return None if self.all else chosen


def webhook_form(post: QueryDict, *, for_systems: bool) -> WebhookForm:
    """Return the form, with what was typed if anything was."""
    some_kinds, some = post.get("news") == "some", post.get("scope") == "some"
    kinds, programs = post.getlist("kinds"), post.getlist("programs")
    return WebhookForm(
        for_systems=for_systems,
        name=post.get("name", "").strip()[:_LONGEST],
        system=post.get("system", "").strip()[:_LONGEST],
        url=post.get("url", "").strip()[:_LONGEST],
        all_kinds=not some_kinds,
        kinds=tuple(
            Choice(kind, words, some_kinds and kind in kinds) for kind, words in KINDS.items()
        ),
        all=not some,
        programs=tuple(
            Choice(code, one.name, some and code in programs)
            for code, one in loader.all_programs().items()
        ),
    )

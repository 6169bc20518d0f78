"""Addresses and names that are what they look like.

Control characters, and those that turn the direction of writing, hide what a text says; a domain
that mixes alphabets looks like another one. Names may mix them: people's do.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Control, format, half and private characters, and the ends of lines and paragraphs."""
_JOINERS = {"\u200c", "\u200d"}
"""Persian and several Indian languages cannot be written without them."""


def is_plain(text: str) -> bool:
    """Tell whether a text hides nothing."""
    return all(one in _JOINERS or unicodedata.category(one) not in _HIDDEN for one in text)


def check_plain(text: str) -> None:
    """Refuse a text that hides something."""
    if not is_plain(text):
        raise ValidationError(_("Some of these characters cannot be seen. Type it again."))


def check_address(email: str) -> None:
    """Refuse an address that hides something, or whose domain mixes alphabets."""
    check_plain(email)
    for label in email.rpartition("@")[2].split("."):
        if len({_alphabet(one) for one in label if one.isalpha()}) > 1:
            raise ValidationError(_("This address mixes alphabets. Type it again."))


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]

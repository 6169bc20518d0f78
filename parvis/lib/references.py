"""Numbers that people read out over the phone: a letter, nine digits and a check digit.

The check digit (Luhn, ISO/IEC 7812-1 annex B) catches a wrong digit and most swaps,
so that a slip is told at once and never opens somebody else's file.
"""

import re

_APPLICATION, _ENQUIRY = "P", "Q"
_SHAPE = re.compile(r"^([PQ])(\d{9,18})(\d)$")
_IN_WORDS = re.compile(r"\bQ\d{10,19}\b", re.ASCII)

_TWICE = str.maketrans("0123456789", "0246813579")
"""Each digit doubled, two digits added up to one."""


def _luhn(digits: str) -> str:
    told = digits[::-2].translate(_TWICE) + digits[-2::-2]
    return str(-(sum(told.encode()) - ord("0") * len(told)) % 10)


def application_number(subject_id: int) -> str:
    """Return the number of the application with this subject id: 42 gives P0000000422."""
    return _number(_APPLICATION, subject_id)


def subject_of(number: str) -> int | None:
    """Return the subject id that an application number stands for, or None if it is not ours."""
    return _subject(_APPLICATION, number)


def enquiry_number(subject_id: int) -> str:
    """Return the number of the enquiry with this subject id: 42 gives Q0000000422."""
    return _number(_ENQUIRY, subject_id)


def enquiry_of(number: str) -> int | None:
    """Return the subject id that an enquiry's number stands for, or None if it is not ours."""
    return _subject(_ENQUIRY, number)


def enquiries_named(words: str) -> list[int]:
    """Return the enquiries whose numbers stand among words, in their order."""
    found = map(enquiry_of, _IN_WORDS.findall(words))
    return [one for one in found if one is not None]


def _number(letter: str, subject_id: int) -> str:
    digits = f"{subject_id:09d}"
    return f"{letter}{digits}{_luhn(digits)}"


def _subject(letter: str, number: str) -> int | None:
    match = _SHAPE.match(number.strip().upper().replace(" ", "").replace("-", ""))
    if match is None or match[1] != letter or _luhn(match[2]) != match[3]:
        return None
    return int(match[2])

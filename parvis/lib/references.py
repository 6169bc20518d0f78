"""Numbers that people read out over the phone: a letter, nine digits and a check digit.

The check digit (Luhn, ISO/IEC 7812-1 annex B) catches a wrong digit and most swaps,
so that a slip is told at once and never opens somebody else's file.
"""

import re

_SHAPE = re.compile(r"^P(\d{9,18})(\d)$")


_TWICE = str.maketrans("0123456789", "0246813579")
"""Each digit doubled, two digits added up to one."""


def _luhn(digits: str) -> str:
    total = sum(map(int, digits[::-2].translate(_TWICE))) + sum(map(int, digits[-2::-2]))
    return str(-total % 10)


def application_number(subject_id: int) -> str:
    """Return the number of the application with this subject id: 42 gives P0000000422."""
    digits = f"{subject_id:09d}"
    return f"P{digits}{_luhn(digits)}"


def subject_of(number: str) -> int | None:
    """Return the subject id that an application number stands for, or None if it is not ours."""
    match = _SHAPE.match(number.strip().upper().replace(" ", "").replace("-", ""))
    if match is None or _luhn(match[1]) != match[2]:
        return None
    return int(match[1])

"""Whoever holds a lock of the database keeps nobody waiting but those who do the same."""

import re
from collections import Counter
from pathlib import Path

NUMBER = re.compile(r"= (0x9A72[0-9A-F]{2})$", re.MULTILINE)


def test_each_lock_has_a_number_of_its_own() -> None:
    top = Path(__file__).parents[1] / "parvis"
    found = Counter(
        number for one in top.rglob("*.py") for number in NUMBER.findall(one.read_text())
    )
    assert len(found) > 10
    assert [number for number, times in found.items() if times > 1] == []

"""Whoever holds a lock of the database keeps nobody waiting but those who do the same."""

import re
from collections import Counter
from pathlib import Path

NUMBER = re.compile(r"= (0x9A72[0-9A-F]{2})$", re.MULTILINE)


def test_each_lock_has_a_number_of_its_own() -> None:
    top = Path(__file__).parents[1] / "parvis"
    texts = [one.read_text() for one in top.rglob("*.py")]
    found = Counter(number for text in texts for number in NUMBER.findall(text))
    assert len(found) > 10
    assert [number for number, times in found.items() if times > 1] == []

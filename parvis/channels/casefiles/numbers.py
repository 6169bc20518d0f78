"""Which case numbers a file has had so far, in a few bytes each."""

from array import array


class Numbers:
    """Remembers the line where each case number first stood: a hash table in two arrays.

    A dictionary takes six times the memory. Two numbers with the same 64-bit hash would be taken
    for one: a chance of one in a million with five million cases.
    """

    def __init__(self) -> None:
        self._count = 0
        self._keys = array("q", bytes(8 << 12))
        self._lines = array("q", bytes(8 << 12))

    def seen_on(self, number: str, line: int) -> int | None:
        """Return the line where this number first stood, or None if it is new; then remember it."""
        key = hash(number) or 1  # 0 marks an empty place
        place = self._place(key)
        if self._keys[place]:
            return self._lines[place]
        self._keys[place], self._lines[place] = key, line
        self._count += 1
        if self._count * 3 > len(self._keys) * 2:
            self._grow()
        return None

    def _place(self, key: int) -> int:
        keys = self._keys
        last = len(keys) - 1
        place = key & last
        while keys[place] and keys[place] != key:
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        keys, lines = self._keys, self._lines
        self._keys = array("q", bytes(16 * len(keys)))
        self._lines = array("q", bytes(16 * len(keys)))
        for key, line in zip(keys, lines, strict=True):
            if key:
                place = self._place(key)
                self._keys[place], self._lines[place] = key, line

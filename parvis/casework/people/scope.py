"""What a key is for: whoever comes with one may do no more than it says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Which acts, and with files of which programs; None for all."""

    key: int
    acts: frozenset[str]
    programs: frozenset[str] | None = None

    def covers(self, program: str) -> bool:
        """Tell whether the files of a program are within it."""
        return self.programs is None or program in self.programs

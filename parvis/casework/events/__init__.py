"""The log: every fact, once, in order, and provably untouched."""

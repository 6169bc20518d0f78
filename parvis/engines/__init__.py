"""Pure computation on arrays and plain values; never Django, never each other."""

"""Pages about keys: the list, making one, and the one moment at which it is told."""

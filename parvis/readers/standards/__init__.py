"""The service standards over all files: what waits, what was decided, on any day."""

"""Accesses: who looked at a file. They come in floods, so they are not in the log."""

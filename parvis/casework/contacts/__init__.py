"""Contacts: what telephone systems tell of calls. They come in floods, so not in the log."""

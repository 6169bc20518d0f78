"""Queueing: when a line is open, when a promise is due, and who is answered next."""

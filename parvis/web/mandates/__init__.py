"""Mandates as both sides see them, and the files of all the clients of who holds some."""

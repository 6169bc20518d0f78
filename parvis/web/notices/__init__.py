"""Notices: how one is told, the way from a message to its file, people whom nothing reaches."""

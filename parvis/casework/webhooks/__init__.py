"""Webhooks: what other software is told, as it happens, of the files that it may see."""

"""Telling other software over HTTP: where it may be told, and how it answered."""

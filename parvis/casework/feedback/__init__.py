"""Feedback: what clients say of what they did here."""

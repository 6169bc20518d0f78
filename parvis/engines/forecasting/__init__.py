"""Forecasts from what was seen: when one file may be decided, how many files will wait."""

"""Assessments as dated, sourced decision tables in both languages, and their typed loader."""

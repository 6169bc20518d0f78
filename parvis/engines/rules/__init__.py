"""Dated, sourced decision tables: asked about a person's answers, they give findings."""

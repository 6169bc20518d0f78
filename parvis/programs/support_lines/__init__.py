"""Lines of the support centre: their hours, languages, targets and words, as data."""

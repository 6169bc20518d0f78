"""The support centre in figures: what was received and answered, of calls, mail and the web."""

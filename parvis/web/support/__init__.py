"""The support centre: asking, and the desk of those who answer."""

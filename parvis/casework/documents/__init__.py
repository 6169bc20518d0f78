"""Documents: what clients send us, kept as it came."""

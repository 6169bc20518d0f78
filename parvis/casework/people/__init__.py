"""People: who signs in, and the clients that files are about."""

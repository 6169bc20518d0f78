"""How long is left: replayed on a department's own history, and told anew every night."""

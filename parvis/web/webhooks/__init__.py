"""Pages about webhooks: the list, making one, and the log of what was delivered."""

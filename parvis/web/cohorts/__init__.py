"""The page of the two doors: to whom the new one is open, and how both fare."""

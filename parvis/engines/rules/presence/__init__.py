"""Days of physical presence in Canada, counted as the Citizenship Act counts them."""

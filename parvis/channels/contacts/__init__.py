"""Files of telephone systems: events of contacts, whatever wrote them."""

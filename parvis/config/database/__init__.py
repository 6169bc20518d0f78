"""Django's PostgreSQL backend, but for one question that it asks on every request."""

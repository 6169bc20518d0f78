"""Mandates: who may see a client's files, and act on them, in the client's place or beside them."""

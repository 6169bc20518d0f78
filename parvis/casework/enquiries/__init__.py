"""Enquiries: what people ask, as conversations; who answers, and what was answered."""

"""The client service of an immigration department, derived from one log of facts."""

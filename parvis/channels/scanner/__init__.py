"""A scanner that looks for harm in documents."""

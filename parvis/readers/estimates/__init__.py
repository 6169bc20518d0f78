"""How long files take: the published way, from files already decided."""

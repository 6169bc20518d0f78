"""Lines of the support centre: opened, changed, staffed and closed, each a subject of the log."""

"""Read case histories that a department already has into the log."""

"""Cohorts: to which clients the new door is open, and how both doors fare."""

"""Every component with what it can be given, for those who build pages."""

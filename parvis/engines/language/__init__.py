"""What people write to a department: what is new in a mail, in which language, about what."""

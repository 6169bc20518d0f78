"""What every floor may use and nothing of the department: clock, references, bilingual text."""

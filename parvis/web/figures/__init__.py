"""Pages of figures: how service standards are kept, what waits, and the files behind a number."""

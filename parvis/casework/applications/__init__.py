"""Applications: each is a file, and its state is what its facts add up to."""

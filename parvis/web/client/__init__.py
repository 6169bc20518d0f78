"""What a client sees; an officer sees the same page of a file."""

"""What clients are told by e-mail or text: once, in their language, and nothing lost on the way."""

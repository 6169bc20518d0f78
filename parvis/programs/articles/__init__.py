"""What agents know and say: articles with an owner and a review date, and canned replies."""

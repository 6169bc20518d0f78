"""Keys: how software comes to the API, for whom, for what and until when."""

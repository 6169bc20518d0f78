"""Pages for anyone: arrival, how the service is, what the law asks us to say."""

"""Text messages out of the house: by a gateway over HTTP, or into a folder."""

"""Signing in by a service outside the house, as OpenID Connect describes it."""

"""The sign-in services of the environment, in the words of django-allauth."""

from typing import Any

from parvis.config.environment import Environment, SignInService


def sign_in_services(environment: Environment) -> dict[str, Any]:
    """Return what `SOCIALACCOUNT_PROVIDERS` is to hold: one for people outside, one for staff."""
    services = {"public": environment.sign_in, "staff": environment.staff_sign_in}
    apps = [_app(id_, service) for id_, service in services.items() if service is not None]
    return {"parvis_oidc": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}}


def _app(id_: str, service: SignInService) -> dict[str, Any]:
    return {
        "provider_id": id_,
        "name": service.name,
        "client_id": service.client_id,
        "secret": service.client_secret,
        # What is believed is what the service signed, so nothing else is asked of it.
        "settings": {"server_url": service.issuer.rstrip("/"), "fetch_userinfo": False},
    }

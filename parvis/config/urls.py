"""The addresses of the house: the API, and the pages in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from parvis.api.house import api
from parvis.web.identity import views as services
from parvis.web.public import views
from parvis.web.urls import urlpatterns as pages

handler400 = "parvis.web.refusing.bad_request"
# The first that fits is taken: what is asked for most stands first.
urlpatterns: list[URLPattern | URLResolver] = [
    *i18n_patterns(*pages),
    path("", views.arrival, name="arrival"),
    path("api/", api.urls),
    # One address for both languages: sign-in services know it by heart.
    path("sign-in/by/<str:provider_id>/", services.go, name="parvis_oidc_login"),
    path("sign-in/by/<str:provider_id>/back/", services.back, name="parvis_oidc_callback"),
]

handler500 = views.failed

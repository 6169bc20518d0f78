"""The addresses of the house: the API, and the pages in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from parvis.api.house import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    *i18n_patterns(path("", include("parvis.web.urls"))),
]

"""The addresses of the house: the API, and the pages in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from parvis.api.house import api
from parvis.web.public import views

handler400 = "parvis.web.refusing.bad_request"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.arrival, name="arrival"),
    path("api/", api.urls),
    *i18n_patterns(path("", include("parvis.web.urls"))),
]

handler500 = views.failed

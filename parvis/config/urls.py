"""The addresses of the house: the API, and the pages in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from parvis.api.house import api
from parvis.web.public import views
from parvis.web.urls import urlpatterns as pages

handler400 = "parvis.web.refusing.bad_request"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.arrival, name="arrival"),
    path("api/", api.urls),
    *i18n_patterns(*pages),
]

handler500 = views.failed

"""The addresses of the pages, below /en/ and /fr/."""

from allauth.account import views as account
from django.urls import path

from parvis.web.client import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("applications/", views.applications, name="applications"),
    path("applications/<str:number>/", views.application, name="application"),
]

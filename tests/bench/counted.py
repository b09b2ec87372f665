"""The product's own server with one more address beside /go: a redirect that counts nothing."""

from importlib import import_module

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import path

from api.wsgi import application

DESTINATION = "https://slaap.voorbeeldwinkel.example/matrassen/medium?maat=90x200&ref=" + "0" * 32

__all__ = ["application"]


def bare(request: HttpRequest, token: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(DESTINATION)


# by name: it can be read only once Django was set up by the import above
# first: finding its address must not cost /go less than this
import_module("api.urls").urlpatterns.insert(0, path("go/bare/<str:token>", bare))

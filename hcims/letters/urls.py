"""Addresses of letters: the public check, and one's own."""

from django.urls import path

from hcims.letters import views

app_name = "letters"
urlpatterns = [
    path("verify/", views.check, name="check"),
    path("verify/<slug:code>/", views.result, name="result"),
    path("letters/", views.letters, name="letters"),
    path("letters/<slug:ref>/", views.letter, name="letter"),
]

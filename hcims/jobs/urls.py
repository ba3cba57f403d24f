"""Addresses of long work."""

from django.urls import path

from hcims.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<slug:ref>/", views.job, name="job"),
    path("<slug:ref>/progress/", views.progress, name="progress"),
    path("<slug:ref>/cancel/", views.cancel, name="cancel"),
]

"""Addresses of the import pages."""

from django.urls import path

from hcims.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/<slug:kind>/", views.upload, name="upload"),
    path("template/<slug:kind>.xlsx", views.blank, name="template"),
    path("<slug:ref>/", views.batch, name="batch"),
    path("<slug:ref>/progress/", views.progress, name="progress"),
    path("<slug:ref>/answer/", views.answer, name="answer"),
    path("<slug:ref>/read-again/", views.read_again, name="read_again"),
    path("<slug:ref>/confirm/", views.confirm, name="confirm"),
    path("<slug:ref>/second/", views.second, name="second"),
    path("<slug:ref>/undo/", views.undo, name="undo"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:ref>/again/", views.try_again, name="try_again"),
    path("<slug:ref>/rejected.xlsx", views.take_rejects, name="rejects"),
    path("<slug:ref>/rows/", views.take_rows, name="rows"),
]

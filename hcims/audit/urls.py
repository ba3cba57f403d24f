"""Pages of the audit trail."""

from django.urls import path

from hcims.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.events, name="events"),
    path("delays/", views.delays, name="delays"),
    path("delays/<str:ref>/", views.decide_delay, name="decide_delay"),
    path("<int:sequence>/", views.event, name="event"),
    path("<int:sequence>/name/", views.name_reader, name="name_reader"),
    path("<int:sequence>/delay/", views.ask_delay, name="ask_delay"),
]

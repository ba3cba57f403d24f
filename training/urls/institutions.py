"""Addresses of the first page, of institutions and of those who teach there."""

from django.urls import path

from training.views import home, institutions, instructors

urlpatterns = [
    path("training/", home.home, name="home"),
    path("training/institutions/", institutions.institutions, name="institutions"),
    path("training/institutions/rooms/<slug:ref>/", institutions.change_room, name="change_room"),
    path("training/institutions/given/<slug:ref>/end/", institutions.end_course, name="end_offer"),
    path("training/institutions/days/<slug:ref>/", institutions.change_days, name="change_days"),
    path("training/institutions/<str:code>/", institutions.institution, name="institution"),
    path("training/institutions/<str:code>/change/", institutions.change, name="change_institution"),
    path("training/institutions/<str:code>/add/<slug:what>/", institutions.add, name="add_to_institution"),
    path("training/instructors/", instructors.instructors, name="instructors"),
    path("training/instructors/<slug:ref>/", instructors.instructor, name="instructor"),
    path("training/instructors/<slug:ref>/certify/", instructors.certify, name="certify_instructor"),
    path("training/instructors/<slug:ref>/end/", instructors.end, name="end_instructor"),
    path(
        "training/certificates-to-teach/<slug:ref>/withdraw/",
        instructors.withdraw,
        name="withdraw_certificate_to_teach",
    ),
]

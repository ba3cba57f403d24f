"""Addresses of the integration matrix. What lies under an institution's code comes after the fixed words."""

from django.urls import path

from training.views import integration, parts

urlpatterns = [
    path("training/muamko-mpya/", integration.matrix, name="matrix"),
    path("training/muamko-mpya/arrears/", integration.arrears, name="arrears"),
    path("training/muamko-mpya/courses/<slug:course>/", integration.course, name="matrix_course"),
    path("training/muamko-mpya/papers/<slug:ref>/", parts.paper, name="evidence"),
    path("training/muamko-mpya/papers/<slug:ref>/withdraw/", parts.withdraw, name="withdraw_evidence"),
    path("training/muamko-mpya/<str:code>/", integration.institution, name="matrix_institution"),
    path("training/muamko-mpya/<str:code>/<slug:course>/", parts.taught, name="taught"),
    path("training/muamko-mpya/<str:code>/<slug:course>/mark/", parts.mark, name="mark"),
    path("training/muamko-mpya/<str:code>/<slug:course>/confirm/", parts.confirm, name="confirm"),
    path("training/muamko-mpya/<str:code>/<slug:course>/paper/", parts.attach, name="attach"),
    path("training/muamko-mpya/<str:code>/<slug:course>/reason/", parts.reason, name="reason"),
    path("training/muamko-mpya/<str:code>/<slug:course>/parts/<slug:part>/", parts.part, name="part"),
]

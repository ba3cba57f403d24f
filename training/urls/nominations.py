"""Addresses of a commander's nominations, and of an officer's own training."""

from django.urls import path

from training.views import nominations, own

urlpatterns = [
    path("training/nominations/", nominations.nominations, name="nominations"),
    path("training/nominations/<slug:ref>/", nominations.nominate, name="nominate"),
    path("training/requests/<slug:ref>/", nominations.answer, name="answer_request"),
    path("training/requests/<slug:ref>/withdraw/", nominations.withdraw, name="withdraw_name"),
    path("training/mine/", own.mine, name="mine"),
    path("training/mine/courses/<slug:ref>/", own.offer, name="offer"),
    path("training/mine/names/<slug:ref>/", own.my_name, name="my_name"),
    path("training/mine/names/<slug:ref>/withdraw/", own.withdraw, name="withdraw_own"),
]

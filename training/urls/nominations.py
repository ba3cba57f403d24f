"""Addresses of a commander's nominations, of an officer's own training, and of what is needed."""

from django.urls import path

from training.views import needs, nominations, own

urlpatterns = [
    path("training/nominations/", nominations.nominations, name="nominations"),
    path("training/nominations/<slug:ref>/", nominations.nominate, name="nominate"),
    path("training/requests/<slug:ref>/", nominations.answer, name="answer_request"),
    path("training/requests/<slug:ref>/withdraw/", nominations.withdraw, name="withdraw_name"),
    path("training/needs/", needs.needs, name="needs"),
    path("training/needs/<slug:skill>/", needs.need, name="need"),
    path("training/needs/<slug:skill>/lapsing/", needs.lapsing, name="lapsing"),
    path("training/mine/", own.mine, name="mine"),
    path("training/mine/courses/<slug:ref>/", own.offer, name="offer"),
    path("training/mine/names/<slug:ref>/", own.my_name, name="my_name"),
    path("training/mine/names/<slug:ref>/withdraw/", own.withdraw, name="withdraw_own"),
]

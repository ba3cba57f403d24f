"""Addresses of cohorts: planning, names and seats, calls, results, certificates."""

from django.urls import path

from training.urls import nominations
from training.views import cohorts, names, results

urlpatterns = [
    *nominations.urlpatterns,
    path("training/cohorts/", cohorts.cohorts, name="cohorts"),
    path("training/cohorts/new/", cohorts.plan, name="plan_cohort"),
    path("training/cohorts/<slug:ref>/", cohorts.cohort, name="cohort"),
    path("training/cohorts/<slug:ref>/change/", cohorts.change, name="change_cohort"),
    path("training/cohorts/<slug:ref>/open/", cohorts.open_names, name="open_names"),
    path("training/cohorts/<slug:ref>/staff/", cohorts.staff, name="staff"),
    path("training/cohorts/<slug:ref>/cancel/", cohorts.cancel, name="cancel"),
    path("training/cohorts/<slug:ref>/finish/", cohorts.finish, name="finish"),
    path("training/cohorts/<slug:ref>/names/", names.names, name="names"),
    path("training/cohorts/<slug:ref>/names/in-order/", names.give_in_order, name="give_in_order"),
    path("training/cohorts/<slug:ref>/names/give/", names.give, name="give"),
    path("training/cohorts/<slug:ref>/call/", names.call, name="call"),
    path("training/cohorts/<slug:ref>/first-day/", results.first_day, name="first_day"),
    path("training/cohorts/<slug:ref>/results/", results.results, name="results"),
    path("training/cohorts/<slug:ref>/certificates/", results.certificates, name="certificates"),
    path("training/names/<slug:ref>/refuse/", names.refuse, name="refuse_name"),
    path("training/trainees/<slug:ref>/", results.trainee, name="trainee"),
    path("training/trainees/<slug:ref>/joined/", results.joined, name="joined"),
    path("training/trainees/<slug:ref>/left/", results.left, name="left"),
    path("training/trainees/<slug:ref>/correct/", results.correct, name="correct"),
    path("training/certificates/<slug:ref>/file/", results.certificate_file, name="certificate_file"),
    path("training/certificates/<slug:ref>/withdraw/", results.withdraw_certificate, name="withdraw_certificate"),
]

"""Addresses of this module, one file an area. Fixed words come before `<ref>`."""

from training.urls import (
    answers,
    cohorts,
    courses,
    cover,
    curricula,
    institutions,
    integration,
    plans,
    reports,
    roll,
    sheets,
)

app_name = "training"
urlpatterns = [
    *answers.urlpatterns,
    *cohorts.urlpatterns,
    *courses.urlpatterns,
    *cover.urlpatterns,
    *curricula.urlpatterns,
    *institutions.urlpatterns,
    *integration.urlpatterns,
    *plans.urlpatterns,
    *reports.urlpatterns,
    *roll.urlpatterns,
    *sheets.urlpatterns,
]

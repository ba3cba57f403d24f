"""Addresses of anonymous answers and surveys."""

from django.urls import path

from training.views import answers, say

urlpatterns = [
    path("training/say/", say.say, name="say"),
    path("training/surveys/", answers.surveys, name="surveys"),
    path("training/surveys/new/", answers.new_survey, name="new_survey"),
    path("training/surveys/<slug:ref>/", answers.survey, name="survey"),
    path("training/surveys/<slug:ref>/change/", answers.change_survey, name="change_survey"),
    path("training/surveys/<slug:ref>/step/", answers.survey_step, name="survey_step"),
    path("training/cohorts/<slug:ref>/answers/", answers.cohort_answers, name="cohort_answers"),
]

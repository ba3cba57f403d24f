"""Addresses of this module."""

from django.urls import path

from personnel.views import corrections, deeds, skills

app_name = "personnel"
urlpatterns = [
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<str:ref>/", corrections.correction, name="correction"),
    path("corrections/<str:ref>/withdraw/", corrections.withdraw, name="withdraw"),
    path("corrections/<str:ref>/evidence/", corrections.evidence, name="correction_evidence"),
    path("skills/to-check/", skills.to_check, name="skills_to_check"),
    path("skills/to-check/<str:ref>/", skills.check, name="check_skill"),
    path("skills/<str:ref>/evidence/", skills.evidence, name="evidence"),
    path("officers/<str:number>/propose/", corrections.propose, name="propose"),
    path("officers/<str:number>/change/<str:facts>/", deeds.change, name="change"),
    path("officers/<str:number>/enter/<str:deed>/", deeds.enter, name="enter"),
    path("officers/<str:number>/enter/<str:deed>/<str:ref>/", deeds.enter, name="enter_one"),
]
